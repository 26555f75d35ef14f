/* The line "more": a real button that says whether what is behind it is shown. */

function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "infonb-fold";
  const word = document.createElement("b");
  const rest = document.createTextNode("");
  const line = document.createElement("span");
  line.append(word, rest);
  button.append(line);
  const show = () => {
    word.textContent = model.get("label");
    rest.textContent = model.get("rest");
    button.setAttribute("aria-expanded", String(model.get("unfolded")));
  };
  button.addEventListener("click", () => {
    model.set("unfolded", !model.get("unfolded"));
    model.save_changes();
    show();
  });
  model.on("change", show);
  show();
  el.append(button);
}

export default { render };
