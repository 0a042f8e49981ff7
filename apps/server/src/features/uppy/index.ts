export { registerUppyRoutes } from './routes.ts';
