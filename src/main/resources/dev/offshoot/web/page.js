"use strict";

// The page works without this. It lets files be dropped, and says that something is under way.

for (const form of document.querySelectorAll("form.upload")) {
  const zone = form.querySelector(".drop");
  const input = zone.querySelector("input[type=file]");
  const alert = form.querySelector("[role=alert]");

  const fits = () => {
    const file = input.files[0];
    const most = Number(input.dataset.most);
    const tooLarge = file !== undefined && file.size > most;
    alert.textContent = tooLarge
      ? `This file has ${Math.ceil(file.size / 1e6)} MB; this server takes ${Math.floor(most / 1e6)} MB. Export fewer versions at once.`
      : "";
    alert.hidden = !tooLarge;
    return !tooLarge;
  };

  for (const type of ["dragenter", "dragover"]) {
    zone.addEventListener(type, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const type of ["dragleave", "drop"]) {
    zone.addEventListener(type, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length === 1) {
      input.files = event.dataTransfer.files;
      if (fits()) form.requestSubmit();
    }
  });
  input.addEventListener("change", fits);
  form.addEventListener("submit", (event) => {
    if (!fits()) event.preventDefault();
  });
}

// A file that misses the zone must not take the place of the page.
for (const type of ["dragover", "drop"]) {
  addEventListener(type, (event) => event.preventDefault());
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    const button = form.querySelector("button");
    if (event.defaultPrevented || button === null) return;
    button.setAttribute("aria-busy", "true");
    // Not disabled at once: the form is only sent after this.
    setTimeout(() => { button.disabled = true; });
  });
}

// Back from another page the buttons work again.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[aria-busy]")) {
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }
});
