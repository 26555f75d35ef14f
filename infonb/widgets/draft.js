/* A button that copies the text of the draft it stands under. The text is read from the page,
   so that what is on the screen is what is copied, and nothing of it travels. */

const REFUSED = "Copying isn't allowed here. The text is selected: press Ctrl+C, or ⌘C on a Mac.";

async function copy(text) {
  await navigator.clipboard.writeText(text.value); // missing where the page isn't secure
}

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "infonb-copy";
  button.textContent = model.get("label");
  const said = document.createElement("span");
  said.className = "infonb-copied";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const text = el.closest(".infonb-draft").querySelector("textarea");
    said.textContent = "";
    try {
      await copy(text);
      said.textContent = "Copied.";
    } catch {
      text.focus();
      text.select();
      said.textContent = REFUSED;
    }
  });
  el.append(button, said);
}

export default { render };
