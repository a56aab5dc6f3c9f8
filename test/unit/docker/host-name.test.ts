import { expect, test } from 'vitest';
import { isHostName, isJump, isUserName } from '../../../src/systems/docker/ssh/host-name.ts';

test.each([
  ['i-0a1b2c', true],
  ['10.20.30.40', true],
  ['fe80::1%eth0', true],
  ['_under_score.internal', true],
  ['bücher.example', true],
  ['', false],
  ['-oProxyCommand=touch /tmp/owned', false],
  ['-oProxyCommand=x', false],
  ['--', false],
  ['host name', false],
  ['host\tname', false],
  ['host\nname', false],
  ['host\u0000name', false],
  ['host\u007f', false],
  ['$(id)', false],
  ['`id`', false],
  ['a;b', false],
  ['a&b', false],
  ['a|b', false],
  ['a<b', false],
  ['a>b', false],
  ['(a)', false],
  ['{a}', false],
  ['a,b', false],
  ["a'b", false],
  ['a"b', false],
  ['a\\b', false],
])('host %j: %j', (name, allowed) => {
  expect(isHostName(name)).toBe(allowed);
});

test.each([
  ['ec2-user', true],
  ['DOMAIN\\sam', true],
  ['sam okafor', true],
  ['-l', false],
  ['', false],
  ['sam -oX', false],
  ['sam\\', false],
  ['sam;id', false],
  ['sam\n', false],
])('user %j: %j', (name, allowed) => {
  expect(isUserName(name)).toBe(allowed);
});

test.each([
  ['bastion', true],
  ['sam@bastion:2222', true],
  ['sam@one,two:22', true],
  ['-oProxyCommand=x', false],
  ['sam@-oProxyCommand=x', false],
  ['one,-two', false],
  ['', false],
])('jump %j: %j', (jump, allowed) => {
  expect(isJump(jump)).toBe(allowed);
});
