// What the cards share: elements of a page, and what they say of saving. Put before each card's own
// file, which is one module with it.

const PREFIX = "infonb:"; // of all that a card keeps in the browser
const PATIENCE = 2500; // ms without an answer until the card says so
const LONGEST_WAIT = 15000; // ms between two tries while the kernel is away
const AWAY = "not saved yet: kept in this browser. Run the cell again.";

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") node.toggleAttribute(name, value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

const token = () => Math.random().toString(36).slice(2, 12);

const clockTime = (at) =>
  new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

