/** docs/openapi.yaml: its operations, and what an answer has to look like. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const METHODS = ['get', 'head', 'options', 'post', 'put', 'delete', 'patch'];

/** On every answer of the portal, refusals included; the rest has the first two as well. */
const HEADERS = { 'x-content-type-options': /^nosniff$/, 'referrer-policy': /./, 'cache-control': /./ };

export class Contract {
  #validators = new Map();
  #ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true });

  constructor(path) {
    this.document = parse(readFileSync(path, 'utf8'));
    addFormats(this.#ajv);
  }

  operations() {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => {
        const node = item[method];
        const security = JSON.stringify(node.security ?? this.document.security);
        return {
          id: node.operationId ?? `${method} ${path}`,
          method: method.toUpperCase(),
          path,
          node,
          parameters: [...(item.parameters ?? []), ...(node.parameters ?? [])].map((p) => this.resolved(p)),
          credential: security.includes('portalToken') ? 'token' : security.includes('apiKey') ? 'key' : 'none',
        };
      }));
  }

  resolved(node) {
    return node.$ref ? node.$ref.slice(2).split('/').reduce((at, step) => at[step], this.document) : node;
  }

  /** What is wrong with the answer; nothing if it is as the document says. */
  faults(operation, answer) {
    const faults = [];
    const response = operation.node.responses[answer.status];
    if (answer.status === 500 || answer.status > 503 || answer.status === 501) {
      faults.push(`status ${answer.status}`);
    }
    if (!response) {
      return [...faults, `status ${answer.status} is not documented: ${answer.body.slice(0, 300)}`];
    }
    for (const [name, pattern] of Object.entries(HEADERS)) {
      if (!pattern.test(answer.headers[name] ?? '')) {
        faults.push(`header ${name} is ${answer.headers[name]}`);
      }
    }
    if (answer.headers['set-cookie']) {
      faults.push('sets a cookie');
    }
    return [...faults, ...this.#bodyFaults(operation, answer, this.resolved(response).content)];
  }

  #bodyFaults(operation, answer, content) {
    if (operation.method === 'HEAD' || !content) {
      return answer.body === '' ? [] : ['a body that is not documented'];
    }
    const type = answer.headers['content-type'] ?? '';
    const documented = content[type] ?? content[type.replace(/;.*/, '')];
    if (!documented) {
      return [`content type ${type} is not documented for ${answer.status}`];
    }
    if (!type.endsWith('json') || !documented.schema) {
      return [];
    }
    const validate = this.#validator(`${operation.id} ${answer.status} ${type}`, documented.schema);
    return validate(JSON.parse(answer.body))
      ? []
      : [`${this.#ajv.errorsText(validate.errors)} in ${answer.body.slice(0, 500)}`];
  }

  #validator(name, schema) {
    if (!this.#validators.has(name)) {
      const root = { allOf: [schema], components: this.document.components };
      this.#validators.set(name, this.#ajv.compile(root));
    }
    return this.#validators.get(name);
  }
}
