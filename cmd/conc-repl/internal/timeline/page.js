"use strict";
const rows = JSON.parse(document.getElementById("data").textContent);
let at = -1;

function pick(i) {
  if (i < 0 || i >= rows.length) return;
  if (at >= 0) element(at).classList.remove("on");
  at = i;
  const row = element(at);
  row.classList.add("on");
  row.scrollIntoView({ block: "nearest" });
  for (const field of ["n", "title", "held"]) {
    document.getElementById(field).textContent = rows[at][field] || "nothing";
  }
}

function element(i) {
  return document.getElementById("e" + rows[i].n);
}

const moves = {
  ArrowDown: () => at + 1, j: () => at + 1,
  ArrowUp: () => Math.max(at - 1, 0), k: () => Math.max(at - 1, 0),
  Home: () => 0, End: () => rows.length - 1,
  PageDown: () => Math.min(at + 10, rows.length - 1), PageUp: () => Math.max(at - 10, 0),
};

document.addEventListener("keydown", (e) => {
  const move = moves[e.key];
  if (!move) return;
  e.preventDefault();
  pick(move());
});

rows.forEach((row, i) => {
  const g = element(i);
  g.addEventListener("click", () => pick(i));
  g.addEventListener("focus", () => pick(i));
});
