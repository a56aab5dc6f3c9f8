import { crc32 } from 'node:zlib';

/** The header type of a string. */
const STRING = 7;
const PRELUDE = 12;

/** One message of `application/vnd.amazon.eventstream`: https://smithy.io/2.0/aws/amazon-eventstream.html */
export function eventMessage(type: string, body: object): Buffer {
  return message(
    { ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' },
    body,
  );
}

/** The last message of a stream that ends so. */
export function exceptionMessage(type: string, text: string): Buffer {
  const headers = {
    ':message-type': 'exception',
    ':exception-type': type,
    ':content-type': 'application/json',
  };
  return message(headers, { message: text });
}

/**
 * Length of it all, length of the headers, checksum of these two; headers; payload; checksum of everything before.
 * Numbers are big-endian.
 */
function message(headers: Readonly<Record<string, string>>, body: object): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => header(name, value)));
  const payload = Buffer.from(JSON.stringify(body));
  const bytes = Buffer.alloc(PRELUDE + head.length + payload.length + 4);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(head.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  head.copy(bytes, PRELUDE);
  payload.copy(bytes, PRELUDE + head.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

function header(name: string, value: string): Buffer {
  const text = Buffer.from(value);
  const bytes = Buffer.alloc(1 + name.length + 3);
  bytes.writeUInt8(name.length, 0);
  bytes.write(name, 1, 'latin1');
  bytes.writeUInt8(STRING, 1 + name.length);
  bytes.writeUInt16BE(text.length, 2 + name.length);
  return Buffer.concat([bytes, text]);
}
