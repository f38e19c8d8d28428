"""Lines of code that mend what checks find, by what they are about and by language."""

from collections.abc import Mapping
from typing import Final

Snippet = Mapping[str, str]

KEY: Final[Snippet] = {
    "Python": """\
@app.before_request                                   # Flask; every route, /health included
def check_key():
    if not hmac.compare_digest(request.headers.get("X-API-Key", ""), API_KEY):
        return {"error": "Unauthorized", "message": "The API key is missing or wrong"}, 401""",
    "Node": """\
app.use((req, res, next) => {                         // Express; before every route
  if (req.get("X-API-Key") === process.env.API_KEY) return next();
  res.status(401).json({ error: "Unauthorized", message: "The API key is missing or wrong" });
});""",
    "PHP": """\
if (!hash_equals(API_KEY, $_SERVER['HTTP_X_API_KEY'] ?? '')) {
    http_response_code(401);
    exit(json_encode(['error' => 'Unauthorized', 'message' => 'The API key is missing or wrong']));
}""",
    "Go": """\
func withKey(next http.Handler) http.Handler {        // wrap the whole mux
    return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
        if subtle.ConstantTimeCompare([]byte(r.Header.Get("X-API-Key")), apiKey) != 1 {
            fail(w, 401, "Unauthorized", "The API key is missing or wrong")
            return
        }
        next.ServeHTTP(w, r)
    })
}""",
}

UPSERT: Final[Snippet] = {
    "Python": """\
INSERT INTO contacts (external_id, email, title) VALUES (%s, %s, %s)
ON CONFLICT (external_id) DO UPDATE SET email = EXCLUDED.email, title = EXCLUDED.title
RETURNING id                                          -- the old id if it was known""",
    "Node": """\
const { id } = await prisma.contact.upsert({
  where: { externalId: c.externalId },
  create: c,
  update: c,
});""",
    "PHP": """\
$contact = Contact::updateOrCreate(['external_id' => $c['externalId']], $fields);
$results[] = ['externalId' => $c['externalId'], 'crmId' => (string) $contact->id];""",
    "Go": """\
err := tx.QueryRow(`INSERT INTO contacts (external_id, email) VALUES ($1, $2)
    ON CONFLICT (external_id) DO UPDATE SET email = EXCLUDED.email
    RETURNING id`, c.ExternalID, c.Email).Scan(&id)""",
}

ONE_TRANSACTION: Final[Snippet] = {
    "Python": """\
problems = [i for i, c in enumerate(contacts) if not c.get("externalId")]
if problems:                                          # before anything is stored
    return {"error": "Invalid request",
            "message": f"contacts[{problems[0]}].externalId is required"}, 400
with db.transaction():                                # all of the batch, or nothing
    results = [create(c) for c in contacts]""",
    "Node": """\
const bad = contacts.findIndex((c) => !c?.externalId);
if (bad >= 0) return res.status(400).json({
  error: "Invalid request", message: `contacts[${bad}].externalId is required` });
const results = await prisma.$transaction(contacts.map(create));""",
    "PHP": """\
foreach ($contacts as $i => $c) {
    if (empty($c['externalId'])) return fail(400, "contacts[$i].externalId is required");
}
$results = DB::transaction(fn () => array_map('createContact', $contacts));""",
    "Go": """\
for i, c := range body.Contacts {
    if c.ExternalID == "" {
        fail(w, 400, "Invalid request", fmt.Sprintf("contacts[%d].externalId is required", i))
        return
    }
}
tx, _ := db.Begin()                                   // all of the batch, or nothing""",
}

ARRAY: Final[Snippet] = {
    "Python": """\
contacts = body.get("contacts") if isinstance(body, dict) else None
if not isinstance(contacts, list):
    return {"error": "Invalid request", "message": "contacts must be an array"}, 400""",
    "Node": """\
if (!Array.isArray(req.body?.contacts)) return res.status(400).json({
  error: "Invalid request", message: "contacts must be an array" });""",
    "PHP": """\
if (!is_array($body['contacts'] ?? null) || !array_is_list($body['contacts'])) {
    return fail(400, 'contacts must be an array');
}""",
    "Go": """\
var body struct{ Contacts *[]Contact `json:"contacts"` }
if json.NewDecoder(r.Body).Decode(&body) != nil || body.Contacts == nil {
    fail(w, 400, "Invalid request", "contacts must be an array")
    return
}""",
}

EMAIL: Final[Snippet] = {
    "Python": "SELECT id FROM contacts WHERE lower(email) = %s        -- email.strip().lower()",
    "Node": "where: { email: c.email.trim().toLowerCase() }        // stored in small letters too",
    "PHP": "Contact::whereRaw('lower(email) = ?', [strtolower(trim($c['email']))])->first();",
    "Go": "db.QueryRow(`SELECT id FROM contacts WHERE lower(email) = $1`, strings.ToLower(email))",
}

DOMAIN: Final[Snippet] = {
    "Python": """\
host = urlsplit(d if "//" in d else f"//{d}").hostname or ""
domain = host.lower().removeprefix("www.").rstrip(".")""",
    "Node": """\
const host = new URL(d.includes("//") ? d : `https://${d}`).hostname;   // small letters already
const domain = host.replace(/^www\\./, "").replace(/\\.$/, "");""",
    "PHP": """\
$host = parse_url(str_contains($d, '//') ? $d : "//$d", PHP_URL_HOST) ?? '';
$domain = preg_replace('/^www\\./', '', strtolower(rtrim($host, '.')));""",
    "Go": """\
if !strings.Contains(d, "//") { d = "//" + d }
u, _ := url.Parse(d)
domain := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")""",
}

ROUTES: Final[Snippet] = {
    "Python": """\
@app.post("/tasks/batch")                             # FastAPI: before /tasks/{id}
@app.patch("/tasks/batch")
@app.get("/tasks/{id}")
@app.patch("/tasks/{id}")""",
    "Node": """\
app.post("/tasks/batch", readTasks);                  // Express takes the first that matches:
app.patch("/tasks/batch", completeTasks);             // /tasks/batch before /tasks/:id
app.patch("/tasks/:id", updateTask);""",
    "PHP": """\
Route::patch('/tasks/batch', [TaskController::class, 'completeMany']);   // before {id}
Route::patch('/tasks/{id}', [TaskController::class, 'update']);""",
    "Go": """\
mux.HandleFunc("PATCH /tasks/batch", completeTasks)   // ServeMux prefers the literal path
mux.HandleFunc("PATCH /tasks/{id}", updateTask)""",
}

NOT_FOUND: Final[Snippet] = {
    "Python": """\
task = db.get(task_id)
if task is None:
    return {"error": "Task not found", "message": f"No task exists with ID: {task_id}"}, 404""",
    "Node": """\
const task = await prisma.task.findUnique({ where: { id } });   // update() throws on unknown ids
if (!task) return res.status(404).json({
  error: "Task not found", message: `No task exists with ID: ${id}` });""",
    "PHP": """\
$task = Task::find($id);
if (!$task) return fail(404, "No task exists with ID: $id");""",
    "Go": """\
if errors.Is(err, sql.ErrNoRows) {
    fail(w, 404, "Task not found", "No task exists with ID: "+id)
    return
}""",
}

MERGE: Final[Snippet] = {
    "Python": """\
changes = {k: v for k, v in record.items() if k != "crmId"}
stored.properties = {**stored.properties, **changes}  # never = changes""",
    "Node": """\
const { crmId, ...changes } = record;
data.properties = { ...stored.properties, ...changes };   // never = changes""",
    "PHP": """\
unset($record['crmId']);
$contact->properties = array_merge($contact->properties, $record);""",
    "Go": """\
for name, value := range record {                     // into what is stored, not instead of it
    if name != "crmId" { stored.Properties[name] = value }
}""",
}

EACH_ALONE: Final[Snippet] = {
    "Python": """\
for record in records:
    if (contact := db.get(record["crmId"])) is None:
        results.append({"crmId": record["crmId"], "success": False, "error": "Contact not found"})
        continue
    contact.update(record)
    results.append({"crmId": record["crmId"], "success": True})""",
    "Node": """\
const results = await Promise.all(records.map(async ({ crmId, ...changes }) => {
  const { count } = await prisma.contact.updateMany({ where: { id: crmId }, data: changes });
  return count ? { crmId, success: true } : { crmId, success: false, error: "Contact not found" };
}));""",
    "PHP": """\
$results = array_map(function ($r) {
    $contact = Contact::find($r['crmId']);
    if (!$contact) return ['crmId' => $r['crmId'], 'success' => false, 'error' => 'Not found'];
    $contact->merge($r);
    return ['crmId' => $r['crmId'], 'success' => true];
}, $records);""",
    "Go": """\
res, err := tx.Exec(`UPDATE contacts SET title = $2 WHERE id = $1`, r.CRMID, r.Title)
n, _ := res.RowsAffected()
results = append(results, Result{CRMID: r.CRMID, Success: err == nil && n == 1})""",
}

REPEAT: Final[Snippet] = {
    "Python": """\
key = request.headers.get("Idempotency-Key") or sha256(request.get_data()).hexdigest()
if (answer := answers.get(key)) is not None:          # kept for a minute, with a key for a day
    return answer, 201""",
    "Node": """\
const key = req.get("Idempotency-Key") ?? sha256(req.rawBody);
const before = await answers.get(key);                // kept for a minute, with a key for a day
if (before) return res.status(201).json(before);""",
    "PHP": """\
$key = $request->header('Idempotency-Key') ?? hash('sha256', $request->getContent());
$task = Cache::remember("task:$key", 60, fn () => Task::create($fields));""",
    "Go": """\
key := r.Header.Get("Idempotency-Key")
if key == "" { sum := sha256.Sum256(raw); key = hex.EncodeToString(sum[:]) }
if before, ok := answers.Get(key); ok { reply(w, 201, before); return }""",
}

ESCAPE: Final[Snippet] = {
    "Python": "{{ activity.subject }}            {# Jinja2 escapes; for bodies: nh3.clean(body) #}",
    "Node": "element.textContent = activity.subject;   // never innerHTML; bodies: DOMPurify",
    "PHP": "echo htmlspecialchars($activity['subject'], ENT_QUOTES);",
    "Go": "html/template escapes {{.Subject}}; text/template does not",
}
