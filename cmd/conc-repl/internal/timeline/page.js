"use strict";
const rows = JSON.parse(document.getElementById("data").textContent);
let at = -1;

function pick(i) {
  if (i < 0 || i === at) return;
  if (at >= 0) element(at).classList.remove("on");
  at = i;
  const row = element(at);
  row.classList.add("on");
  row.focus({ preventScroll: true });
  row.querySelector(".dot").scrollIntoView({ block: "nearest", inline: "nearest" });
  for (const field of ["n", "title", "held"]) {
    document.getElementById(field).textContent = rows[at][field] || "nothing";
  }
}

function element(i) {
  return document.getElementById("e" + rows[i].n);
}

// The keys that walk, and where each leads.
const next = () => Math.min(at + 1, rows.length - 1);
const previous = () => Math.max(at - 1, 0);

const moves = {
  ArrowDown: next, ArrowRight: next, j: next,
  ArrowUp: previous, ArrowLeft: previous, k: previous,
  Home: () => 0, End: () => rows.length - 1,
  PageDown: () => Math.min(at + 10, rows.length - 1), PageUp: () => Math.max(at - 10, 0),
};

document.addEventListener("keydown", (e) => {
  const move = moves[e.key];
  if (!move || e.ctrlKey || e.metaKey || e.altKey) return;
  e.preventDefault();
  pick(move());
});

rows.forEach((row, i) => {
  const g = element(i);
  g.addEventListener("click", () => pick(i));
  g.addEventListener("focus", () => pick(i));
});

// A link to the page may name a moment: run.html#e12.
const named = () => pick(rows.findIndex((r) => "#e" + r.n === location.hash));
addEventListener("hashchange", named);
if (location.hash) named();
