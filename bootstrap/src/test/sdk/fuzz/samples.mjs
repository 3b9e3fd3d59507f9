/** Makes values from the schemas of an OpenAPI document: right ones, ones at a bound, and broken ones. */
import fc from 'fast-check';

/** What breaks programs: too long, too deep, of another kind, and text that means something elsewhere. */
const JUNK = [
  null, true, 0, -1, 1e308, '', ' ', '0', 'null', [], {}, [[]], [null], { a: null },
  'x'.repeat(300), 'x'.repeat(70_000), '\u0000', '\ud800', '\u202e', 'é'.normalize('NFD'), '=1+1',
  "' or 1=1 --", '../../etc/passwd', '%00', '${jndi:ldap://x}', '<script>', '2026-02-30T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z', '0000-01-01T00:00:00Z', '2026-01-01T00:00:00+23:59',
  'America/New_York', 'MINUTE', '$.a[0].b', '$..a', '$', '1e400', 'NaN', '٣',
];

const INSTANTS = [
  '2026-11-20T00:00:00Z', '2026-11-20T12:00:00.000001Z', '2026-11-21T00:00:00+05:30',
  '1970-01-01T00:00:01Z', '2030-01-01T00:00:00Z',
];

export const junk = fc.constantFrom(...JUNK);

/** Text of any kind, as somebody who means no good would write it. */
export const hostile = fc.oneof(
  junk.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);

export class Samples {
  #document;

  /** @param {object} known values that exist on the server, by the name of what takes them */
  constructor(document, known) {
    this.#document = document;
    this.known = known;
  }

  resolved(schema) {
    return schema.$ref
      ? this.resolved(schema.$ref.slice(2).split('/').reduce((at, step) => at[step], this.#document))
      : schema;
  }

  /** What the schema allows, and now and then something else in some place of it. */
  mostlyRight(schema, name = '') {
    return fc.oneof(
      { weight: 6, arbitrary: this.right(schema, name, 0) },
      { weight: 3, arbitrary: this.right(schema, name, 0, 0.12) },
      { weight: 1, arbitrary: fc.oneof(junk, fc.jsonValue()) },
    );
  }

  /** What the schema allows; with a share of slips, in their places. */
  right(given, name, depth, slips = 0) {
    const schema = this.resolved(given);
    const value = this.#known(name, this.#right(schema, name, depth, slips));
    return slips === 0
      ? value
      : fc.oneof({ weight: 100 - 100 * slips, arbitrary: value }, { weight: 100 * slips, arbitrary: junk });
  }

  #known(name, otherwise) {
    const values = this.known[name];
    return values
      ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: otherwise })
      : otherwise;
  }

  #right(schema, name, depth, slips) {
    if (depth > 5) {
      return fc.constant({});
    }
    if (schema.const !== undefined) {
      return fc.constant(schema.const);
    }
    if (schema.enum) {
      return fc.constantFrom(...schema.enum);
    }
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices) {
      return fc.oneof(...choices.map((choice) => this.right(choice, name, depth + 1, slips)));
    }
    if (schema.allOf) {
      const parts = schema.allOf.map((part) => this.right(part, name, depth, slips));
      return parts.length === 1
        ? parts[0]
        : fc.tuple(...parts).map((all) => Object.assign({}, ...all.filter((one) => typeof one === 'object')));
    }
    const types = [schema.type ?? (schema.properties ? 'object' : 'any')].flat();
    return fc.oneof(...types.map((type) => this.#ofType(type, schema, name, depth, slips)));
  }

  #ofType(type, schema, name, depth, slips) {
    switch (type) {
      case 'object': return this.#object(schema, depth, slips);
      case 'array': return fc.array(this.right(schema.items ?? {}, name, depth + 1, slips), {
        minLength: Math.min(schema.minItems ?? 0, 3),
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
      case 'integer': return fc.oneof(
        fc.constantFrom(schema.minimum ?? 0, schema.maximum ?? 100),
        fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000 }),
      );
      case 'number': return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
      case 'boolean': return fc.boolean();
      case 'null': return fc.constant(null);
      case 'string': return this.#string(schema);
      default: return fc.oneof(fc.jsonValue(), junk);
    }
  }

  #object(schema, depth, slips) {
    const properties = Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([, each]) => !this.resolved(each).readOnly)
        .map(([name, each]) => [name, this.right(each, name, depth + 1, slips)]),
    );
    const required = (schema.required ?? []).filter((name) => properties[name]);
    const own = fc.record(properties, { requiredKeys: slips === 0 ? required : [] });
    const rest = schema.additionalProperties;
    if (rest === undefined || typeof rest === 'boolean') {
      return own;
    }
    const names = fc.constantFrom(...(this.known.dimension ?? ['model']), 'other', 'a');
    const more = fc.dictionary(names, this.right(rest, '', depth + 1, slips), { maxKeys: 3 });
    return fc.tuple(own, more).map(([a, b]) => ({ ...b, ...a }));
  }

  #string(schema) {
    if (schema.format === 'date-time') {
      return fc.constantFrom(...INSTANTS);
    }
    if (schema.pattern) {
      return fc.stringMatching(new RegExp(schema.pattern)).filter((text) => text.length <= 64);
    }
    const least = schema.minLength ?? 0;
    return fc.string({ minLength: least, maxLength: Math.min(schema.maxLength ?? 20, least + 20) });
  }
}
