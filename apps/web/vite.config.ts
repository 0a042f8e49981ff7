import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The API of the running program, for `vite` and `vite preview`; `vite build` does not use it. */
const server = 'http://127.0.0.1:7400';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The page's policy allows no data: scripts or fonts; small files stay files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    // The app for members, and the pages for a lab's customers, who get by with a third of the scripts.
    rolldownOptions: {
      input: { app: `${import.meta.dirname}/index.html`, drop: `${import.meta.dirname}/drop.html` },
    },
  },
  server: { host: '127.0.0.1', port: 7480, proxy: { '/api': server } },
  preview: { host: '127.0.0.1', port: 7481, proxy: { '/api': server } },
});
