// Keys, sums while typing, and keeping what is typed. Every page works without it: the desk itself reads, adds up and judges.
"use strict";

const paper = document.getElementById("paper");
if (paper) start(paper);
const again = document.querySelector("[data-again]");
if (again) look(Number(again.dataset.again));

// A board asks again by itself, only while somebody can see it and nobody is about to press something there.
function look(seconds) {
  setInterval(() => {
    const busy = document.activeElement && document.activeElement !== document.body;
    if (document.visibilityState === "visible" && !busy) location.reload();
  }, seconds * 1000);
}

function start(form) {
  const fields = [...form.querySelectorAll("[data-line]")];
  const counts = fields.filter((field) => field.dataset.kind === "count");
  const kept = document.getElementById("kept");
  const go = document.getElementById("go");
  const compared = document.getElementById("compared");

  const digits = (text) => text.replace(/[\s\u00a0\u2009\u202f]/g, "");
  const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, "\u00a0");
  const figure = (number) => {
    const field = document.getElementById("l-" + number);
    const text = field ? digits(field.value) : "";
    return /^[0-9]{1,9}$/.test(text) ? Number(text) : null;
  };
  const side = (numbers, more) => {
    const figures = numbers ? numbers.split(" ").map(figure) : [];
    return figures.includes(null) ? null : figures.reduce((sum, one) => sum + one, Number(more || 0));
  };

  // The sums, as the desk said they are made; the desk judges them again when the form is posted.
  const sums = document.getElementById("sums");
  function addUp() {
    if (!sums) return;
    for (const item of sums.children) {
      if (item.dataset.left === undefined) continue;
      const left = side(item.dataset.left, 0);
      const right = side(item.dataset.right, item.dataset.sent);
      const live = item.querySelector(".live");
      const stand = item.querySelector(".stand");
      const open = left === null || right === null;
      const equal = item.dataset.equal !== undefined;
      const holds = !open && (equal ? left === right : left <= right);
      const notes = item.dataset.notes !== undefined;
      const name = open ? "open" : holds ? "holds" : notes ? "noted" : "broken";
      stand.textContent = sums.dataset[name];
      item.className = open ? "plain" : holds ? "good" : notes ? "look" : "bad";
      live.textContent = open ? "" : grouped(String(left)) + (equal ? (holds ? " = " : " ≠ ") : holds ? " ≤ " : " > ") + grouped(String(right));
    }
  }

  // What is typed is kept line by line; the page says so.
  let waiting = null;
  let busy = false;
  let held = null;
  let gone = false;
  function keep() {
    clearTimeout(waiting);
    if (gone) return;
    waiting = setTimeout(send, 400);
  }
  async function send() {
    if (busy) return keep();
    if (gone) return;
    busy = true;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "compared") body.append(name, value);
    body.set("do", "keep");
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body, redirect: "error" });
      if (!answer.ok) throw new Error(String(answer.status));
      form.elements.seen.value = await answer.text();
      kept.textContent = kept.dataset.kept;
    } catch {
      kept.textContent = kept.dataset.lost;
    }
    busy = false;
    if (held) form.requestSubmit(held);
  }

  for (const field of counts) {
    field.addEventListener("beforeinput", (event) => {
      if (event.data && /[^0-9\s\u00a0\u202f]/.test(event.data)) {
        event.preventDefault();
        kept.textContent = form.dataset.digits;
      }
    });
    field.addEventListener("focus", () => {
      field.value = /^[\d\s\u00a0\u2009\u202f]*$/.test(field.value) ? digits(field.value) : field.value;
      field.select();
    });
    field.addEventListener("blur", () => {
      if (/^\d{1,9}$/.test(field.value)) field.value = grouped(field.value);
    });
  }
  for (const field of fields) {
    field.addEventListener("input", () => {
      if (compared) compared.checked = false;
      addUp();
      keep();
    });
  }

  // One hand holds the paper: Enter and the arrows go on and back, and nothing goes round.
  form.addEventListener("keydown", (event) => {
    const at = fields.indexOf(event.target);
    const choice = event.target.tagName === "SELECT";
    const to = (place) => {
      event.preventDefault();
      const field = fields[Math.max(0, Math.min(fields.length - 1, place))];
      field.focus();
    };
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      go.click();
    } else if (event.target === compared && event.key === "Enter") {
      event.preventDefault();
      go.click();
    } else if (at >= 0 && event.key === "Enter") {
      if (at === fields.length - 1) {
        event.preventDefault();
        go.click();
      } else to(at + 1);
    } else if (at >= 0 && event.key === "ArrowDown" && event.shiftKey) to(fields.length - 1);
    else if (at >= 0 && event.key === "ArrowUp" && event.shiftKey) to(0);
    else if (at >= 0 && !choice && event.key === "ArrowDown") to(at + 1);
    else if (at >= 0 && !choice && event.key === "ArrowUp") to(at - 1);
  });

  // A form that goes off as a whole carries what was typed: what is being kept is waited for, and nothing is kept after it.
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (!busy) {
      gone = true;
      return;
    }
    event.preventDefault();
    held = event.submitter;
  });

  addUp();
  if (compared) compared.focus();
  else if (location.hash === "#said") document.getElementById("said")?.focus();
  else (fields.find((field) => field.value === "") || fields[0])?.focus();
}
