import { expect, test } from '@jest/globals';
import { imagesOf } from './images.ts';

test('images are found wherever a manifest names them, each once', () => {
  const manifests = `
kind: Deployment
spec: {template: {spec: {initContainers: [{image: a:1}], containers: [{image: b:2}, {image: a:1}]}}}
---
kind: CronJob
spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: c:3}]}}}}}
---
`;
  expect(imagesOf(manifests)).toEqual(['a:1', 'b:2', 'c:3']);
});
