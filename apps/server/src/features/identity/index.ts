export { createIdentityIssuer, type IdentityIssuer } from './issuer.ts';
export { registerIdentityRoutes } from './routes.ts';
