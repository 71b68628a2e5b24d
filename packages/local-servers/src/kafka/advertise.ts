import type { ReservedBroker } from '../ports/server-ports.ts';
import type { BrokerPorts } from './broker-properties.ts';

/** The brokers' ports with those their clients are sent to. @throws RangeError when there is not one for each */
export function advertise(
  brokers: readonly ReservedBroker[],
  advertised: readonly number[] | undefined,
): BrokerPorts[] {
  if (advertised && advertised.length !== brokers.length) {
    throw new RangeError(`Kafka: ${advertised.length} advertised ports for ${brokers.length} brokers`);
  }
  return brokers.map(({ client, controller, between, login }, index) => {
    const port = advertised?.[index];
    const apart = port === undefined || between === undefined ? {} : { apart: { advertised: port, between } };
    return { client, controller, ...apart, ...(login && { login }) };
  });
}
