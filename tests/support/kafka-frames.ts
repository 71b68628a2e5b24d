/** No request or answer of ours comes near; a greater length is no length. */
const longestFrame = 100_000_000;

/**
 * Cuts a stream into Kafka's frames, however it was split on its way: four bytes of length and so many bytes. Each is
 * given with its length, as it came. @throws RangeError when what came is not Kafka's protocol
 */
export function createFrameReader(onFrame: (frame: Buffer) => void): (chunk: Buffer) => void {
  let waiting: Buffer[] = [];
  let have = 0;
  let need = 4;
  return (chunk) => {
    waiting.push(chunk);
    have += chunk.length;
    // What is not complete is not joined yet: a long frame comes in many chunks.
    if (have < need) return;
    let rest = Buffer.concat(waiting);
    for (need = nextNeed(rest); rest.length >= need; need = nextNeed(rest)) {
      onFrame(rest.subarray(0, need));
      rest = rest.subarray(need);
    }
    waiting = [rest];
    have = rest.length;
  };
}

function nextNeed(rest: Buffer): number {
  if (rest.length < 4) return 4;
  const length = rest.readInt32BE(0);
  if (length < 4 || length > longestFrame) throw new RangeError(`a frame of ${length} bytes`);
  return 4 + length;
}

export interface RequestHead {
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly correlationId: number;
}

/** What every request begins with. @throws RangeError when the frame is too short for it */
export function requestHead(frame: Buffer): RequestHead {
  return {
    apiKey: frame.readInt16BE(4),
    apiVersion: frame.readInt16BE(6),
    correlationId: frame.readInt32BE(8),
  };
}

/** Which request a frame answers. */
export const answeredCorrelationId = (frame: Buffer): number => frame.readInt32BE(4);
