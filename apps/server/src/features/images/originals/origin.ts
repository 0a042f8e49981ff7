// They belong to sources, which open origins; what keeps originals reads them from here.
export type { Origin, OriginFacts, OriginObject } from '../../sources/index.ts';
