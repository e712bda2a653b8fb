// An agency's enquiry form. It stands where the page says so (<div data-tembea-form="slug"></div>), else where the
// script does; what is around it can neither style nor break it.
(() => {
  "use strict";
  const form = __FORM__;
  const script = document.currentScript;
  const home = new URL(script.src);
  const loadedAt = Date.now();

  const STYLE = `
    :host { all: initial; display: block; }
    * { box-sizing: border-box; }
    form, .done { font: 16px/1.5 system-ui, sans-serif; color: #1c1917; background: #fff; border: 1px solid #d6d3d1;
      border-radius: 10px; padding: 20px; max-width: 640px; margin: 0 auto; }
    h2 { font-size: 20px; line-height: 1.2; font-weight: 600; margin: 0 0 4px; }
    p { margin: 0; }
    .note { color: #57534e; font-size: 14px; margin-bottom: 16px; }
    .fields { display: grid; gap: 14px 16px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); }
    .wide { grid-column: 1 / -1; }
    label { display: block; font-size: 14px; font-weight: 600; margin-bottom: 4px; }
    .hint { font-weight: 400; color: #57534e; }
    input, textarea { font: inherit; color: inherit; background: #fff; width: 100%; min-height: 44px; padding: 9px 12px;
      border: 1px solid #78716c; border-radius: 6px; margin: 0; }
    textarea { min-height: 120px; resize: vertical; }
    input:focus-visible, textarea:focus-visible, button:focus-visible, a:focus-visible, .done:focus-visible {
      outline: 3px solid ${form.accent}; outline-offset: 2px; }
    [aria-invalid="true"] { border: 2px solid #b91c1c; }
    .wrong { color: #b91c1c; font-size: 14px; margin-top: 4px; }
    .agree { display: flex; gap: 10px; align-items: flex-start; }
    .agree input { width: 24px; min-height: 24px; height: 24px; flex: none; accent-color: ${form.accent}; }
    .agree label { font-weight: 400; margin: 0; }
    a { color: ${form.accent}; }
    .foot { margin-top: 16px; display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }
    button { font: inherit; font-weight: 600; min-height: 44px; padding: 0 20px; border: 0; border-radius: 6px;
      color: ${form.on_accent}; background: ${form.accent}; cursor: pointer; }
    button:disabled { opacity: 0.6; cursor: default; }
    .status { flex: 1 1 200px; }
    .status.bad { color: #b91c1c; }
    .trap { position: absolute; left: -10000px; width: 1px; height: 1px; overflow: hidden; }
  `;

  /** An element with attributes; text is only ever text. */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) if (value !== "") element.setAttribute(key, value);
    element.append(...children.filter((child) => child !== ""));
    return element;
  }

  function languageOf(place) {
    const wanted = [place.lang || script.dataset.lang, document.documentElement.lang].filter(Boolean);
    const known = wanted.map((one) => one.replace("-", "_").toLowerCase());
    const match = (one) => known.some((own) => own === one.toLowerCase() || own.split("_")[0] === one.split("_")[0]);
    return form.languages.find(match) || form.languages[0];
  }

  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
  }

  /** Ages as numbers; null where the text is none. */
  function agesOf(text) {
    const parts = text.split(/[\s,;]+/).filter(Boolean);
    return parts.every((one) => /^\d{1,2}$/.test(one) && Number(one) <= 17) ? parts.map(Number) : null;
  }

  function draw(place) {
    const language = languageOf(place);
    const words = form.words[language];
    const root = place.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet(); // a page that forbids inline styles allows this
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];

    const boxes = {};
    function field(name, attributes, wide) {
      const { tag, required, hint, ...rest } = { tag: "input", ...attributes };
      const box = make(tag, { id: name, name, "aria-describedby": `${name}-wrong`, ...rest });
      if (required) box.required = true;
      const label = make("label", { for: name }, words[name] + (required ? " *" : ""));
      if (hint) label.append(" ", make("span", { class: "hint" }, hint));
      const wrong = make("p", { id: `${name}-wrong`, class: "wrong" });
      boxes[name] = { box, wrong };
      return make("div", { class: wide ? "wide" : "" }, label, box, wrong);
    }

    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    const places = make("datalist", { id: "places" }, ...form.destinations.map((name) => make("option", { value: name })));
    const agree = make("input", { id: "consent", type: "checkbox", "aria-describedby": "consent-wrong" });
    agree.required = true;
    const agreed = make("label", { for: "consent" }, `${words.consent} *`);
    const agreeWrong = make("p", { id: "consent-wrong", class: "wrong" });
    const policy = form.privacy_url
      ? make("p", {}, make("a", { href: form.privacy_url, target: "_blank", rel: "noopener" }, words.privacy))
      : "";
    const website = make("input", { name: "website", tabindex: "-1", autocomplete: "off" });
    const status = make("p", { class: "status", role: "status" });
    const button = make("button", { type: "submit" }, words.send);
    const fields = make(
      "div",
      { class: "fields" },
      field("name", { required: true, autocomplete: "name", maxlength: "200" }),
      field("email", { required: true, type: "email", autocomplete: "email", maxlength: "254" }),
      field("phone", { type: "tel", autocomplete: "tel", maxlength: "40" }),
      field("destination", { list: "places", autocomplete: "off", maxlength: "200" }),
      field("arrival", { type: "date", min: today }),
      field("back", { type: "date", min: today }),
      field("adults", { type: "number", inputmode: "numeric", min: "1", max: "50", step: "1" }),
      field("ages", { hint: words.ages_hint, autocomplete: "off", maxlength: "80" }),
      field("budget", { autocomplete: "off", maxlength: "100" }, true),
      field("message", { tag: "textarea", rows: "5", maxlength: "5000" }, true),
      make("div", { class: "wide" }, make("div", { class: "agree" }, agree, agreed), policy, agreeWrong),
    );
    boxes.consent = { box: agree, wrong: agreeWrong }; // last, as on the page: the first that is wrong is gone to
    const sheet = make(
      "form",
      { lang: language.replace("_", "-"), novalidate: "novalidate", "aria-labelledby": "title" },
      make("h2", { id: "title" }, words.title),
      make("p", { class: "note" }, words.needed),
      fields,
      places,
      make("div", { class: "trap", "aria-hidden": "true" }, website),
      make("div", { class: "foot" }, button, status),
    );
    root.append(sheet);

    let sent = { text: "", key: "" };

    function say(text, bad) {
      status.textContent = text;
      status.className = bad ? "status bad" : "status";
    }

    /** Marks what is wrong and goes to the first of it. */
    function mark(problems) {
      for (const [name, { box, wrong }] of Object.entries(boxes)) {
        wrong.textContent = problems[name] || "";
        if (problems[name]) box.setAttribute("aria-invalid", "true");
        else box.removeAttribute("aria-invalid");
      }
      const first = Object.keys(boxes).find((name) => problems[name]);
      if (first) {
        say(words.check, true);
        boxes[first].box.focus();
      }
      return first === undefined;
    }

    function written(name) {
      return boxes[name].box.value.trim();
    }

    function problemsNow() {
      const problems = {};
      for (const name of ["name", "email"]) if (!written(name)) problems[name] = words.fix_needed;
      if (!problems.email && !/^\S+@\S+\.\S+$/.test(written("email"))) problems.email = words.fix_email;
      for (const name of ["arrival", "back"])
        if (boxes[name].box.validity.badInput || (written(name) && written(name) < today)) problems[name] = words.fix_past;
      if (written("arrival") && written("back") && written("back") <= written("arrival")) problems.back = words.fix_dates;
      if (!boxes.adults.box.validity.valid) problems.adults = words.fix_number;
      if (agesOf(written("ages")) === null) problems.ages = words.fix_ages;
      if (!agree.checked) problems.consent = words.fix_consent;
      return problems;
    }

    function answers() {
      const texts = Object.fromEntries(
        ["name", "email", "phone", "destination", "budget", "message"].map((name) => [name, written(name)]),
      );
      return {
        ...texts,
        arrival: written("arrival") || null,
        back: written("back") || null,
        adults: written("adults") ? Number(written("adults")) : null,
        children_ages: agesOf(written("ages")),
        consent: agree.checked,
        language,
        stamp: form.stamp,
        website: website.value,
      };
    }

    async function post() {
      const text = JSON.stringify(answers());
      if (text !== sent.text) sent = { text, key: newKey() }; // the same words again are the same enquiry
      const rest = form.wait_ms - (Date.now() - loadedAt);
      if (rest > 0) await new Promise((done) => setTimeout(done, rest));
      const answer = await fetch(new URL(form.path, home), {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": sent.key },
        body: text,
        credentials: "omit",
      });
      return { ok: answer.ok, problem: answer.ok ? {} : await answer.json().catch(() => ({})) };
    }

    function thank() {
      const done = make("div", { class: "done", role: "status", tabindex: "-1", lang: language.replace("_", "-") });
      done.append(make("p", {}, words.thanks));
      sheet.replaceWith(done);
      done.focus();
    }

    function refused(problem) {
      const names = (problem.errors || []).map((one) => one.loc.split(".")[1]);
      const own = names.map((name) => (name === "children_ages" ? "ages" : name)).filter((name) => boxes[name]);
      const said = { email: words.fix_email, back: words.fix_dates, arrival: words.fix_past, ages: words.fix_ages };
      if (own.length > 0) mark(Object.fromEntries(own.map((name) => [name, said[name] || words.fix_other])));
      else say(`${words.failed} ${words.or_write}`, true);
    }

    sheet.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.disabled || !mark(problemsNow())) return;
      button.disabled = true;
      say(words.sending, false);
      try {
        const { ok, problem } = await post();
        if (ok) thank();
        else refused(problem);
      } catch {
        say(`${words.failed} ${words.or_write}`, true);
      } finally {
        button.disabled = false;
      }
    });
  }

  function begin() {
    const named = document.querySelectorAll(`[data-tembea-form="${form.slug}"]`);
    const places = [...named].filter((place) => !place.shadowRoot);
    if (named.length === 0) {
      const place = document.createElement("div");
      if (script.isConnected && document.body.contains(script)) script.after(place);
      else document.body.append(place);
      places.push(place);
    }
    for (const place of places) draw(place);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
  else begin();
})();
