import { PageHeader } from '../../ui/page-header.tsx';

export const OverviewScreen = () => <PageHeader title="Overview" />;
