export { createProvisioningService, type ProvisioningService } from './service.ts';
export { registerProvisioningRoutes } from './routes.ts';
