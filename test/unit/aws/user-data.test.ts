import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { versionInUserData } from '../../../src/systems/aws/user-data.ts';

const ECR = '210987654321.dkr.ecr.eu-west-1.amazonaws.com';
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  [`#!/bin/sh\nIMAGE=${ECR}/charge-central:1.0.283\n`, 'charge-central', '1.0.283'],
  [`docker run ${ECR}/charge-central:1.0.283-rc.1 &`, 'charge-central', '1.0.283-rc.1'],
  [`image: "${ECR}/tribe/app:7"`, 'tribe/app', '7'],
  [`IMAGE=${ECR}/nginx:1.29\nAPP=${ECR}/charge-central:2`, 'charge-central', '2'],
  [`docker run ${ECR}/not-charge-central:9\nIMAGE='${ECR}/x:3'`, 'charge-central', '3'],
  ['IMAGE=localhost:5000/app:4', null, '4'],
  ['IMAGE=app', null, null],
  ['no image here', 'charge-central', null],
])('%j of %s runs %s', (text, image, version) => {
  expect(versionInUserData(base64(text), image)).toBe(version);
});

test('gzip inside is opened, but not without end', () => {
  const packed = (text: string) => gzipSync(text).toString('base64');
  expect(versionInUserData(packed('IMAGE=a/b:5'), 'b')).toBe('5');
  expect(versionInUserData(packed(`IMAGE=a/b:5${' '.repeat(10_000_000)}`), 'b')).toBeNull();
});

test('an intrinsic function of a template, or nothing, tells no version', () => {
  expect(versionInUserData({ 'Fn::Base64': 'x' }, 'b')).toBeNull();
  expect(versionInUserData(undefined, 'b')).toBeNull();
});

test('a repository name is no pattern', () => {
  expect(versionInUserData(base64('x/aXb:1'), 'a.b')).toBeNull();
});
