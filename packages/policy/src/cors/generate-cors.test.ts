import { describe, expect, test } from 'vitest';
import { providerProfiles } from '../providers/profiles.ts';
import { generateCors, guardHeaders } from './generate-cors.ts';
import { simulateCors } from './simulate-cors.ts';

const origin = 'https://app.example.com';
const { aws, r2, minio } = providerProfiles;

describe('generateCors', () => {
  test('lets a page upload with what our uploader sends, and see the ETag', () => {
    const rules = generateCors(['ingest'], [origin], aws) ?? [];
    const headers = ['content-type', 'if-none-match', 'x-amz-checksum-crc32', 'x-amz-meta-name'];
    const verdict = simulateCors(rules, { origin, method: 'PUT', headers });
    expect(verdict.ruleIndex).toBe(0);
    expect(verdict.headers['access-control-expose-headers']).toContain('ETag');
    expect(simulateCors(rules, { origin, method: 'GET' }).ruleIndex).toBeNull();
    expect(simulateCors(rules, { origin: 'https://other.example', method: 'PUT' }).ruleIndex).toBeNull();
  });

  test('lets a page send what is signed where unsigned headers are taken, and only there', () => {
    const sent = { origin, method: 'PUT', headers: ['content-type', ...guardHeaders] };
    const allowing = Object.entries(providerProfiles)
      .filter(([, profile]) => {
        const rules = generateCors(['ingest'], [origin], profile) ?? [];
        return simulateCors(rules, sent).ruleIndex === 0;
      })
      .map(([id]) => id);
    expect(allowing).toEqual(['spaces', 'ceph']);
  });

  test('keeps reading and uploading apart, so that each has its own headers', () => {
    const rules = generateCors(['deliver', 'ingestResumable'], [origin], aws) ?? [];
    expect(simulateCors(rules, { origin, method: 'PUT', headers: ['content-type'] }).ruleIndex).toBe(0);
    expect(simulateCors(rules, { origin, method: 'GET', headers: ['range'] }).ruleIndex).toBe(1);
    expect(simulateCors(rules, { origin, method: 'PUT', headers: ['range'] }).ruleIndex).toBeNull();
    expect(simulateCors(rules, { origin, method: 'DELETE' }).ruleIndex).toBeNull();
  });

  test('lets the page of a gallery sign by itself', () => {
    const rules = generateCors(['galleryMember'], [origin], aws) ?? [];
    const headers = ['authorization', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token'];
    for (const method of ['GET', 'PUT', 'POST', 'DELETE'])
      expect(simulateCors(rules, { origin, method, headers }).ruleIndex).toBe(0);
  });

  test('names headers one by one where the provider takes no wildcard', () => {
    for (const capability of ['ingest', 'gallery', 'deliver'] as const)
      for (const rule of generateCors([capability], [origin], r2) ?? [])
        expect((rule.AllowedHeaders ?? []).filter((header) => header.includes('*'))).toEqual([]);
  });

  test('makes none for jobs without a page, without origins, and for providers without rules', () => {
    expect(generateCors(['process'], [origin], aws)).toBeNull();
    expect(generateCors(['ingest'], [], aws)).toBeNull();
    expect(generateCors(['ingest'], [origin], minio)).toBeNull();
  });
});
