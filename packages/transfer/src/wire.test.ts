import type * as contract from '@windlass/contract';
import { expectTypeOf, test } from 'vitest';
import type * as wire from './wire.ts';

test('the wire is what the contract says', () => {
  expectTypeOf<contract.SignedRequest>().toExtend<wire.SignedRequest>();
  expectTypeOf<contract.Upload>().toExtend<wire.Upload>();
  expectTypeOf<contract.UploadReceipt>().toExtend<wire.UploadReceipt>();
  expectTypeOf<contract.Refusal>().toExtend<wire.Refusal>();
  expectTypeOf<wire.FileToUpload>().toExtend<
    contract.OperationInput<typeof contract.createUploads>['body']['files'][number]
  >();
  expectTypeOf<wire.PartDone>().toExtend<contract.PartDone>();
});
