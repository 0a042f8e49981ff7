import { copyObject } from './copy-object.ts';
import { deleteObject } from './delete-object.ts';
import { getObjectAcl, getObjectTagging } from './fixed-answers.ts';
import { getObjectAttributes } from './get-object-attributes.ts';
import { getObject, headObject } from './get-object.ts';
import { listParts } from './list-uploads.ts';
import { abortMultipartUpload, completeMultipartUpload, createMultipartUpload } from './multipart-upload.ts';
import type { Operation } from './operation.ts';
import { putObject } from './put-object.ts';
import { uploadPart, uploadPartCopy } from './upload-part.ts';

/** Calls on an object. Narrower rows come first. */
export const objectOperations: readonly Operation[] = [
  {
    name: 'ListParts',
    scope: 'object',
    method: 'GET',
    subresource: 'uploadId',
    action: null,
    handle: listParts,
  },
  {
    name: 'UploadPartCopy',
    scope: 'object',
    method: 'PUT',
    subresource: 'uploadId',
    withHeader: 'x-amz-copy-source',
    action: 's3:PutObject',
    createsObject: false,
    handle: uploadPartCopy,
  },
  {
    name: 'UploadPart',
    scope: 'object',
    method: 'PUT',
    subresource: 'uploadId',
    action: 's3:PutObject',
    createsObject: false,
    handle: uploadPart,
  },
  {
    name: 'CompleteMultipartUpload',
    scope: 'object',
    method: 'POST',
    subresource: 'uploadId',
    action: 's3:PutObject',
    createsObject: true,
    handle: completeMultipartUpload,
  },
  {
    name: 'AbortMultipartUpload',
    scope: 'object',
    method: 'DELETE',
    subresource: 'uploadId',
    action: null,
    handle: abortMultipartUpload,
  },
  {
    name: 'CreateMultipartUpload',
    scope: 'object',
    method: 'POST',
    subresource: 'uploads',
    action: 's3:PutObject',
    createsObject: false,
    handle: createMultipartUpload,
  },
  {
    name: 'GetObjectAttributes',
    scope: 'object',
    method: 'GET',
    subresource: 'attributes',
    action: 's3:GetObjectAttributes',
    handle: getObjectAttributes,
  },
  {
    name: 'GetObjectAcl',
    scope: 'object',
    method: 'GET',
    subresource: 'acl',
    action: 's3:GetObjectAcl',
    handle: getObjectAcl,
  },
  {
    name: 'GetObjectTagging',
    scope: 'object',
    method: 'GET',
    subresource: 'tagging',
    action: 's3:GetObjectTagging',
    handle: getObjectTagging,
  },
  { name: 'GetObject', scope: 'object', method: 'GET', action: 's3:GetObject', handle: getObject },
  { name: 'HeadObject', scope: 'object', method: 'HEAD', action: 's3:GetObject', handle: headObject },
  {
    name: 'CopyObject',
    scope: 'object',
    method: 'PUT',
    withHeader: 'x-amz-copy-source',
    action: 's3:PutObject',
    createsObject: true,
    handle: copyObject,
  },
  {
    name: 'PutObject',
    scope: 'object',
    method: 'PUT',
    action: 's3:PutObject',
    createsObject: true,
    handle: putObject,
  },
  {
    name: 'DeleteObject',
    scope: 'object',
    method: 'DELETE',
    action: 's3:DeleteObject',
    handle: deleteObject,
  },
];
