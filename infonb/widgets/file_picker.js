/* Choose a file, or drop it here. It travels in pieces, each small enough for any server. */

const PIECE = 1 << 20;

function render({ model, el }) {
  el.classList.add("infonb-file");
  const label = document.createElement("label");
  const words = document.createElement("span");
  words.textContent = model.get("description");
  const input = document.createElement("input");
  input.type = "file";
  label.append(words, input);
  el.append(label);

  async function send(file) {
    const pieces = Math.max(1, Math.ceil(file.size / PIECE));
    for (let piece = 0; piece < pieces; piece++) {
      const bytes = await file.slice(piece * PIECE, (piece + 1) * PIECE).arrayBuffer();
      model.send({ name: file.name, piece, pieces }, undefined, [bytes]);
    }
  }

  async function take(files) {
    try {
      if (files.length === 1) await send(files[0]);
      else model.send({ several: files.length });
    } catch {
      model.send({ unreadable: files[0].name }); // such as a folder, or a file that is gone
    }
  }

  input.addEventListener("change", async () => {
    if (!input.files.length) return;
    await take([...input.files]);
    input.value = ""; // the same file, corrected, may be chosen again
  });
  const over = (event) => {
    event.preventDefault();
    event.stopPropagation();
    el.dataset.over = String(event.type === "dragover");
  };
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) el.addEventListener(kind, over);
  el.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length) take([...event.dataTransfer.files]);
  });
}

export default { render };
