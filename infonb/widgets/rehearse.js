/* A text to say aloud, and a clock that says how long that took. */

const LONG = 45; // seconds after which somebody on the phone begins to wonder

function said(seconds) {
  if (seconds < 8) return "That was quick. Say it once in full, as if somebody listened.";
  if (seconds > LONG) return `${seconds} seconds. That is long for a call: leave a sentence out, or breathe and try again.`;
  return `${seconds} seconds. That is all it takes.`;
}

function render({ model, el }) {
  const form = document.createElement("div");
  form.className = "infonb infonb-form";
  const text = document.createElement("p");
  text.className = "infonb-script";
  text.textContent = model.get("text");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "infonb-copy infonb-main";
  button.textContent = "Start, and say it aloud";
  const clock = document.createElement("span");
  clock.className = "infonb-copied";
  clock.setAttribute("role", "status");
  let began = null;
  let ticking;
  const seconds = () => Math.round((performance.now() - began) / 1000);
  button.addEventListener("click", () => {
    clearInterval(ticking);
    if (began === null) {
      began = performance.now();
      button.textContent = "Done";
      clock.textContent = "Go.";
      ticking = setInterval(() => (button.textContent = `Done (${seconds()} s)`), 1000);
      return;
    }
    clock.textContent = said(seconds());
    began = null;
    button.textContent = "Once more";
  });
  form.append(text, button, clock);
  el.append(form);
  return () => clearInterval(ticking);
}

export default { render };
