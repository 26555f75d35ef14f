/* Copies the text of the draft it stands under, or opens it in one's own mail program. The text is
   read from the page, so that what is on the screen is what is copied; only that it was copied,
   opened, or couldn't be copied is told. */

const REFUSED = "Copying isn't allowed here. The text is selected: press Ctrl+C, or ⌘C on a Mac.";

async function copy(text) {
  await navigator.clipboard.writeText(text.value); // missing where the page isn't secure
}

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "infonb-copy";
  button.textContent = model.get("label");
  const mail = document.createElement("a");
  mail.target = "_blank";
  mail.rel = "noopener";
  mail.textContent = "Open in your mail program";
  const said = document.createElement("span");
  said.className = "infonb-copied";
  said.setAttribute("role", "status");
  let count = 0;
  const used = (how) => {
    model.set("used", `${how} ${Date.now()} ${++count}`); // twice is heard twice
    model.save_changes();
  };
  const address = () => {
    mail.hidden = !model.get("mail");
    mail.href = model.get("mail") || "#";
  };
  button.addEventListener("click", async () => {
    const text = el.closest(".infonb-draft").querySelector("textarea");
    said.textContent = "";
    try {
      await copy(text);
      said.textContent = "Copied.";
      used("copied");
    } catch {
      text.focus();
      text.select();
      said.textContent = REFUSED;
      used("refused");
    }
  });
  mail.addEventListener("click", () => used("mailed"));
  model.on("change:mail", address);
  address();
  el.append(button, mail, said);
}

export default { render };
