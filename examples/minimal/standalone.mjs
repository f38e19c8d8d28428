// The least of Enginy's Custom CRM API: health, contacts, companies and associations.
// Records are held in memory. Put your own CRM in the place of `records`, `found` and `links`.

import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const fail = (message) => { throw new Error(message); };
const digest = (text) => createHash("sha256").update(text).digest();
const KEY = digest(process.env.API_KEY ?? fail("API_KEY is not set"));
const KEYS = { contacts: ["email", "linkedinUrl"], companies: ["domain", "linkedinUrl"] };
const RETURNED = ["email", "phone", "mobilePhone", "leadScore", "lifecycleStage", "accountTier"];
const records = { contacts: new Map(), companies: new Map() }; // properties by crmId
const found = new Map(); // crmId by what a record is known by
const links = new Set(); // pairs of contact and company

// The records of a request, or a message that says which of them is malformed.
function items(body, name, required) {
  const value = Array.isArray(body?.[name]) ? body[name] : fail(`${name} must be an array`);
  const bad = value.findIndex((one) => !["string", "number"].includes(typeof one?.[required]));
  return bad < 0 ? value : fail(`${name}[${bad}].${required} is required`);
}

// What a record is known by, the strongest key first.
function keys(kind, record) {
  const knownBy = record.externalId === undefined ? [] : [`${kind} id ${record.externalId}`];
  for (const name of KEYS[kind]) {
    const url = String(record[name] ?? "").trim().toLowerCase();
    const text = url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
    if (text) knownBy.push(`${kind} ${name} ${name === "domain" ? text.split("/")[0] : text}`);
  }
  return knownBy;
}

function create(kind, record) {
  const knownBy = keys(kind, record);
  const crmId = found.get(knownBy[0]) ?? randomUUID();
  const values = Object.entries(record).filter(([, value]) => value !== null && value !== "");
  records[kind].set(crmId, { ...records[kind].get(crmId), ...Object.fromEntries(values) });
  for (const key of knownBy) if (!found.has(key)) found.set(key, crmId);
  return { externalId: String(record.externalId), crmId };
}

function matches(kind, record) {
  const crmId = keys(kind, record).map((key) => found.get(key)).find(Boolean);
  const stored = Object.entries(records[kind].get(crmId) ?? {});
  const isNew = ([name, value]) => RETURNED.includes(name) && record[name] !== value;
  const properties = Object.fromEntries(stored.filter(isNew));
  return crmId ? [{ externalId: String(record.externalId), crmId, properties }] : [];
}

function update(kind, record) {
  const crmId = String(record.crmId);
  if (!records[kind].has(crmId)) return { crmId, success: false, error: "Not found" };
  Object.assign(records[kind].get(crmId), record);
  for (const key of keys(kind, record)) found.set(key, crmId);
  return { crmId, success: true };
}

function associate(pairs) {
  const { contacts, companies } = records;
  const known = (one) => contacts.has(one.contactCRMId) && companies.has(one.companyCRMId);
  for (const one of pairs.filter(known)) links.add(`${one.contactCRMId} ${one.companyCRMId}`);
  const errors = pairs.filter((one) => !known(one)).map((one) => ({ ...one, error: "Not found" }));
  return { success: true, created: pairs.length - errors.length, errors };
}

function act(method, path, body) {
  const [, kind, sync] = /^\/(contacts|companies)(\/sync)?$/.exec(path) ?? [];
  const results = (required, each) => ({ results: items(body, kind, required).flatMap(each) });
  switch (`${method} ${kind ? `/records${sync ?? ""}` : path}`) {
    case "GET /health": return [200, { status: "ok" }];
    case "POST /records": return [201, results("externalId", (one) => create(kind, one))];
    case "POST /records/sync": return [200, results("externalId", (one) => matches(kind, one))];
    case "PUT /records": return [200, results("crmId", (one) => update(kind, one))];
    case "POST /associations": return [200, associate(items(body, "associations", "contactCRMId"))];
  }
  return [404, { error: "Not found", message: "There is no such path" }];
}

function answer(request, text) {
  if (!timingSafeEqual(digest(request.headers["x-api-key"] ?? ""), KEY))
    return [401, { error: "Unauthorized", message: "The API key is missing or wrong" }];
  try {
    return act(request.method, request.url.replace(/\/+$/, ""), JSON.parse(text || "null"));
  } catch (error) {
    return [400, { error: "Invalid request", message: error.message }];
  }
}

createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  const [status, value] = answer(request, text);
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}).listen(Number(process.env.PORT ?? 8080), "127.0.0.1");
