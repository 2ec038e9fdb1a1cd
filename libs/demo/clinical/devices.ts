import type { Reference } from '#libs/fhir';
import { addMonths, addYears } from '../calendar';
import { type Implant, type ImplantName, implants } from '../codes/devices';
import { base64, refer, snomed } from '../values';
import type { Visit } from './encounters';

/**
 * Files the device a procedure leaves in the body. Every part of the carrier string stands in an element
 * of its own as well, which US Core asks for.
 */
export function implant(visit: Visit, name: ImplantName): Reference {
  const { chart, on } = visit;
  const kind: Implant = implants[name];
  const made = addMonths(on, -5);
  const expires = addYears(made, 4);
  const lot = `L${chart.random.integer(1000, 9999)}`;
  const serial = `${kind.model}${chart.random.integer(10000, 99999)}`;
  const short = (date: string) => date.slice(2).replace(/-/g, '');
  const carrier = `(01)${kind.identifier}(11)${short(made)}(17)${short(expires)}(10)${lot}(21)${serial}`;
  const device = chart.addProfiled('Device', 'us-core-implantable-device', {
    udiCarrier: [
      {
        deviceIdentifier: kind.identifier,
        issuer: 'http://hl7.org/fhir/NamingSystem/gs1-di',
        jurisdiction: 'http://hl7.org/fhir/NamingSystem/fda-udi',
        carrierAIDC: base64(carrier.replace(/[()]/g, '')),
        carrierHRF: carrier,
        entryType: 'barcode',
      },
    ],
    status: 'active',
    distinctIdentifier: `=/D-${lot}-${serial}`,
    manufacturer: kind.maker,
    manufactureDate: made,
    expirationDate: expires,
    lotNumber: lot,
    serialNumber: serial,
    deviceName: [{ name: kind.name, type: 'user-friendly-name' }],
    modelNumber: kind.model,
    type: snomed(kind.type),
    patient: chart.patient,
  });
  return refer(device, kind.name);
}
