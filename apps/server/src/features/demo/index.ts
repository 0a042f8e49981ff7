export { createDemoService, type DemoDeps, type DemoService, type DemoSource } from './service.ts';
