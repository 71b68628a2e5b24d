/** A span as an OTLP request carries it, as far as tests look. */
export interface ExportedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
}

const [TRACE_ID, SPAN_ID, PARENT_SPAN_ID, NAME] = [1, 2, 4, 5];
const [RESOURCE_SPANS, SCOPE_SPANS, SPANS] = [1, 2, 2];

/** The spans in the body of an OTLP/proto export (opentelemetry/proto/trace/v1/trace.proto). */
export function spansIn(body: Buffer): ExportedSpan[] {
  const inside = (messages: Buffer[], field = 0) => messages.flatMap((message) => fieldsOf(message).get(field) ?? []);
  return inside(inside(inside([body], RESOURCE_SPANS), SCOPE_SPANS), SPANS).map((span) => {
    const fields = fieldsOf(span);
    const bytes = (field = 0) => fields.get(field)?.[0] ?? Buffer.alloc(0);
    return {
      traceId: bytes(TRACE_ID).toString('hex'),
      spanId: bytes(SPAN_ID).toString('hex'),
      parentSpanId: bytes(PARENT_SPAN_ID).toString('hex'),
      name: bytes(NAME).toString(),
    };
  });
}

/** The length-delimited fields of a protobuf message by number. */
function fieldsOf(message: Buffer): Map<number, Buffer[]> {
  const fields = new Map<number, Buffer[]>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message.readUInt8(at);
      at += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const wireType = tag % 8;
    if (wireType === 0) varint();
    else if (wireType === 2) {
      const length = varint();
      const field = (tag - wireType) / 8;
      fields.set(field, [...(fields.get(field) ?? []), message.subarray(at, at + length)]);
      at += length;
    } else at += wireType === 1 ? 8 : 4;
  }
  return fields;
}
