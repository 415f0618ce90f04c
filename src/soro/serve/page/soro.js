// The chat page: keeps the conversation, asks the server, shows the answer while it is written. No library, no build.
// A message is {role, content, state}; state of an answer: "done", "stopped", "cut", or an error: "gone", "too_long",
// "failed", "empty". Answers are put on the page as text nodes only, never as HTML.

const STORE = "soro.conversation";
const MAX_MESSAGES_SENT = 60;
const LONG_PRESS_MS = 400;
const NEAR_END_PX = 80;
const ERRORS = ["gone", "too_long", "failed", "empty"];
const REMARKS = ["stopped", "cut", "left_out"];

const { words, keys, examples } = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const [scroller, welcome, conversation] = ["scroller", "welcome", "conversation"].map(byId);
const [composer, question, send, stop, shift, status] = ["composer", "question", "send", "stop", "shift", "status"].map(byId);

let messages = load();
let answering = null; // the AbortController of the answer under way

// ---- The conversation and its store

function load() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORE)) ?? [];
    const valid = (m) => ["user", "assistant"].includes(m?.role) && typeof m.content === "string";
    const kept = Array.isArray(stored) ? stored.filter(valid) : [];
    // An answer that a reload broke off.
    for (const message of kept) if (message.state === "writing") message.state = message.content ? "stopped" : "gone";
    if (kept.at(-1)?.role === "user") kept.push({ role: "assistant", content: "", state: "gone" });
    return kept;
  } catch {
    return [];
  }
}

function save() {
  try {
    localStorage.setItem(STORE, JSON.stringify(messages));
  } catch {
    // A full or forbidden store: the conversation lives until the page is closed.
  }
}

// What the model is told: questions with an answer, and the last question.
function history() {
  const told = [];
  for (let i = 0; i < messages.length; i += 1) {
    const { role, content } = messages[i];
    const unanswered = role === "user" && i + 2 < messages.length && !messages[i + 1].content;
    if (content && !unanswered) told.push({ role, content });
  }
  const recent = told.slice(0, told.at(-1)?.role === "assistant" ? -1 : undefined).slice(-MAX_MESSAGES_SENT);
  return recent[0]?.role === "assistant" ? recent.slice(1) : recent;
}

// ---- Building elements

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// Bold, italics' stars left as they are, and code; all else is plain text.
function inline(text) {
  return text.split(/(`[^`\n]+`|\*\*[^*\n](?:[^\n]*?[^*\n])?\*\*)/).filter(Boolean).map((part) => {
    if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) return element("code", {}, part.slice(1, -1));
    if (part.length > 4 && part.startsWith("**") && part.endsWith("**")) return element("strong", {}, part.slice(2, -2));
    return document.createTextNode(part);
  });
}

// A little Markdown: paragraphs, lists, headings, bold, code. Returns nodes.
function markdown(text) {
  const nodes = [];
  let open = null; // the paragraph or list that the next line may continue
  let code = null;
  for (const line of text.split("\n")) {
    if (/^\s*```/.test(line)) {
      if (!code) nodes.push(element("pre", {}, (code = element("code"))));
      else code = null;
      open = null;
      continue;
    }
    if (code) {
      code.append(code.textContent ? `\n${line}` : line);
      continue;
    }
    const item = line.match(/^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/);
    const heading = line.match(/^#{1,6}\s+(.*)$/);
    if (heading) {
      nodes.push(element("h2", {}, ...inline(heading[1])));
      open = null;
    } else if (item) {
      const tag = item[1] ? "OL" : "UL";
      if (open?.tagName !== tag) nodes.push((open = element(tag, item[1] ? { start: item[1] } : {})));
      open.append(element("li", {}, ...inline(item[2])));
    } else if (!line.trim()) {
      if (open?.tagName === "P") open = null;
    } else if (open?.tagName === "P") {
      open.append(element("br"), ...inline(line));
    } else {
      nodes.push((open = element("p", {}, ...inline(line))));
    }
  }
  return nodes;
}

// ---- Showing

function show() {
  welcome.hidden = messages.length > 0;
  conversation.hidden = messages.length === 0;
  conversation.replaceChildren(...messages.map(view));
  scroller.scrollTop = scroller.scrollHeight;
}

function view(message) {
  if (message.role === "user") {
    return element("article", { class: "user", "aria-label": words.you }, element("p", {}, message.content));
  }
  const text = element("div", { class: "text" }, ...markdown(message.content));
  if (message.state === "writing" && !message.content) {
    text.append(element("span", { class: "dots", "aria-hidden": "true" }, ...["i", "i", "i"].map((tag) => element(tag))));
  }
  const body = element("div", {}, text, ...remarks(message));
  const icon = element("img", { src: "icon.svg", alt: "", width: 28, height: 28 });
  const busy = String(message.state === "writing");
  return element("article", { class: "soro", "aria-label": words.title, "aria-busy": busy }, icon, body);
}

function remarks(message) {
  const nodes = [];
  if (message.leftOut) nodes.push(element("p", { class: "remark" }, words.left_out));
  if (REMARKS.includes(message.state)) nodes.push(element("p", { class: "remark" }, words[message.state]));
  if (ERRORS.includes(message.state)) {
    const again = element("button", { type: "button" }, words.retry);
    again.addEventListener("click", () => retry(message));
    const last = message === messages.at(-1) && message.state !== "too_long";
    nodes.push(element("div", { class: "remark alarm" }, element("span", {}, words[message.state]), ...(last ? [again] : [])));
  }
  return nodes;
}

let planned = false;
function showLast() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    if (!messages.length || !conversation.lastElementChild) return;
    const nearEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
    conversation.lastElementChild.replaceWith(view(messages.at(-1)));
    if (nearEnd) scroller.scrollTop = scroller.scrollHeight;
  });
}

function showBusy() {
  stop.hidden = !answering;
  send.hidden = Boolean(answering);
  send.disabled = !question.value.trim();
}

function announce(text) {
  status.textContent = text;
}

// ---- Asking

async function ask(text) {
  if (answering || !text.trim()) return;
  messages.push({ role: "user", content: text.trim() });
  await answer();
}

async function retry(failed) {
  if (answering || failed !== messages.at(-1)) return;
  messages.pop();
  await answer();
}

async function answer() {
  const message = { role: "assistant", content: "", state: "writing" };
  const mine = (answering = new AbortController());
  messages.push(message);
  save();
  show();
  showBusy();
  announce(words.writing);
  try {
    message.state = await receive(message, mine.signal);
  } catch (error) {
    message.state = mine.signal.aborted ? "stopped" : error.state ?? "gone";
  }
  if (message.state === "done" && !message.content.trim()) message.state = "empty";
  if (answering !== mine) return; // a new conversation was begun meanwhile
  answering = null;
  save();
  showLast();
  showBusy();
  const spoken = markdown(message.content).map((node) => node.textContent);
  announce([...spoken, words[message.state]].filter(Boolean).join(" "));
}

class Failure extends Error {
  constructor(state) {
    super(state);
    this.state = state;
  }
}

// Reads the answer into `message` as it comes; gives the state it ended in.
async function receive(message, signal) {
  const body = JSON.stringify({ messages: history(), stream: true, truncation: "auto", restore_letters: true });
  const headers = { "content-type": "application/json" };
  const response = await fetch("v1/chat/completions", { method: "POST", headers, body, signal });
  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new Failure(problem?.error?.code === "context_length_exceeded" ? "too_long" : "failed");
  }
  message.leftOut = Number(response.headers.get("soro-messages-left-out")) > 0;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let reason = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith("data: ") || line === "data: [DONE]") continue;
      const event = JSON.parse(line.slice(6));
      if (event.error) throw new Failure("failed");
      message.content += event.choices[0]?.delta?.content ?? "";
      reason = event.choices[0]?.finish_reason ?? reason;
    }
    if (answering?.signal === signal) {
      save();
      showLast();
    }
  }
  if (!reason) throw new Failure("gone");
  return reason === "length" ? "cut" : "done";
}

// ---- Hands: writing, keys, buttons

function grow() {
  question.style.height = "auto";
  question.style.height = `${question.scrollHeight}px`;
  showBusy();
}

function submit() {
  const text = question.value;
  if (answering || !text.trim()) return;
  question.value = "";
  grow();
  ask(text);
}

function insert(letter, capital) {
  const upper = capital !== (shift.getAttribute("aria-pressed") === "true");
  question.setRangeText(upper ? letter.toUpperCase() : letter, question.selectionStart, question.selectionEnd, "end");
  question.dispatchEvent(new Event("input"));
  question.focus();
  press(false);
}

function press(down) {
  shift.setAttribute("aria-pressed", String(down));
  for (const key of document.querySelectorAll("#keys [data-letter]")) {
    key.textContent = down ? key.dataset.letter.toUpperCase() : key.dataset.letter;
  }
}

// A tap writes the letter, a long press its capital. The caret stays where it is: keys never take the focus.
function addKey(letter) {
  const key = element("button", { type: "button", "data-letter": letter }, letter);
  let timer = 0;
  key.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      insert(letter, true);
    }, LONG_PRESS_MS);
  });
  key.addEventListener("pointerup", (event) => {
    if (timer) insert(letter, event.shiftKey);
    clearTimeout(timer);
    timer = 0;
  });
  for (const leave of ["pointerleave", "pointercancel"]) {
    key.addEventListener(leave, () => {
      clearTimeout(timer);
      timer = 0;
    });
  }
  key.addEventListener("click", (event) => {
    if (event.detail === 0) insert(letter, event.shiftKey); // from the keyboard or a screen reader
  });
  key.addEventListener("mousedown", (event) => event.preventDefault());
  key.addEventListener("contextmenu", (event) => event.preventDefault());
  byId("keys").append(key);
}

function begin() {
  answering?.abort();
  answering = null;
  messages = [];
  save();
  show();
  showBusy();
  announce(words.greeting);
  question.focus();
}

for (const letter of keys) addKey(letter);
for (const { subject, question: text } of examples) {
  const button = element("button", { type: "button" }, element("small", {}, subject), text);
  button.addEventListener("click", () => ask(text));
  byId("examples").append(element("li", {}, button));
}
shift.addEventListener("mousedown", (event) => event.preventDefault());
shift.addEventListener("click", () => press(shift.getAttribute("aria-pressed") !== "true"));
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
stop.addEventListener("click", () => {
  answering?.abort();
  question.focus();
});
byId("new").addEventListener("click", begin);
question.addEventListener("input", grow);
question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
show();
grow();
if (matchMedia("(hover: hover)").matches) question.focus();
