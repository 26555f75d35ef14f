/* What ipywidgets leaves out, for one form: rows of radios are groups with a name, toggles say
   whether they are on, keys pressed on a radio or a tick stay in the form, and the words of the
   form stand beside the control they are about, while one live region that stays reads them out. */

// each form loads this file for itself: its names are its own
const own = Math.random().toString(36).slice(2, 10);
let count = 0;

const set = (node, name, value) => {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
};

const named = (label) => (label.id ||= `infonb-label-${own}-${++count}`);

function group(row) {
  const label = row.querySelector(":scope > .widget-label");
  const box = row.querySelector(".widget-radio-box") ?? row;
  set(box, "role", row.matches(".widget-radio") ? "radiogroup" : "group");
  if (label) set(box, "aria-labelledby", named(label));
  for (const radio of box.querySelectorAll("[type=radio]")) if (label) set(radio, "name", label.id);
}

function mend(form) {
  for (const row of form.querySelectorAll(".widget-radio, .widget-toggle-buttons")) group(row);
  for (const toggle of form.querySelectorAll(".widget-toggle-button"))
    set(toggle, "aria-pressed", String(toggle.classList.contains("mod-active")));
  for (const short of form.querySelectorAll(".widget-button[title]:not([title=''])")) set(short, "aria-label", short.title);
  for (const tick of form.querySelectorAll(".infonb-answer .widget-checkbox")) {
    const about = tick.closest(".infonb-answer").querySelector(".infonb-heading").textContent;
    set(tick.querySelector("input"), "aria-label", `${tick.textContent.replace("\u200b", "").trim()}: ${about}`);
  }
}

const inputs = (control) =>
  control?.matches("input, textarea, select, button") ? control : control?.querySelector("input, textarea, select, button");

function render({ model, el }) {
  el.classList.add("infonb-unseen");
  const live = document.createElement("div");
  live.setAttribute("role", "status");
  el.append(live);
  const shown = document.createElement("p");
  shown.className = "infonb-said";
  shown.id = `infonb-said-${own}-${++count}`;
  let form, watch, about, last;

  const find = (name) => (name ? form.querySelector(`.${CSS.escape(name)}`) : null);

  function place() {
    const control = find(model.get("beside"));
    const input = inputs(control);
    if (about && about !== input) for (const name of ["aria-describedby", "aria-invalid"]) about.removeAttribute(name);
    about = input;
    if (control?.parentElement.checkVisibility()) {
      if (control.nextSibling !== shown) control.after(shown);
    } else if (!shown.parentElement?.checkVisibility()) el.after(shown);
    if (input && shown.textContent) {
      set(input, "aria-describedby", shown.id);
      set(input, "aria-invalid", String(model.get("trouble")));
    }
  }

  function say() {
    const text = model.get("said");
    if (shown.textContent !== text) shown.textContent = text;
    shown.hidden = !text;
    shown.dataset.trouble = String(model.get("trouble"));
    place();
    live.textContent = text;
  }

  function focus() {
    const [name] = model.get("focus").split(" ");
    const wanted = inputs(find(name));
    if (!wanted?.checkVisibility()) return false;
    wanted.focus();
    wanted.scrollIntoView({ block: "nearest" });
    return true;
  }

  // what is to have the focus may be drawn a moment later
  function soon(tries = 20) {
    if (form && !focus() && tries) setTimeout(() => soon(tries - 1), 50);
  }

  // JupyterLab listens on the document: a letter on what isn't a text would be one of its commands
  function key(event) {
    const { target } = event;
    if (!form?.contains(target) || target.matches(":read-write")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape") return;
    if (!(event.shiftKey && event.key === "Enter")) event.stopPropagation();
  }

  // where a row is drawn anew the focus would fall to the page: its likeness gets it
  function keepFocus() {
    if (!last || document.activeElement !== document.body || form.contains(last)) return;
    const same = (other) => other.tagName === last.tagName && other.className === last.className
      && (other.getAttribute("aria-label") ?? other.textContent) === (last.getAttribute("aria-label") ?? last.textContent);
    [...form.querySelectorAll(last.tagName)].find(same)?.focus();
  }

  window.addEventListener("keydown", key, true);
  const remember = (event) => (last = event.target);
  let waiting;
  requestAnimationFrame(function start() {
    form = el.closest(".infonb-form");
    if (!form) return (waiting = requestAnimationFrame(start));
    mend(form);
    say();
    soon(0);
    watch = new MutationObserver(() => {
      mend(form);
      place();
      keepFocus();
    });
    watch.observe(form, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "title", "style"] });
    form.addEventListener("focusin", remember);
  });
  model.on("change:said change:trouble change:beside", say);
  model.on("change:focus", () => soon());
  return () => {
    cancelAnimationFrame(waiting);
    window.removeEventListener("keydown", key, true);
    form?.removeEventListener("focusin", remember);
    watch?.disconnect();
    shown.remove();
  };
}

export default { render };
