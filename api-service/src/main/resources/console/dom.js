/** Builds what the page shows. Values become text, never markup: keys and tags are anybody's to choose. */

export function byId(id) {
  return document.getElementById(id);
}

/**
 * An element.
 *
 * @param {string} name such as "li"
 * @param {object} attributes by name; true for one without a value, false or undefined for none
 * @param {...(Node|string|number|null)} children texts and elements; null is left out
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) {
      element.setAttribute(attribute, "");
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(attribute, String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined).map(asNode));
  return element;
}

function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

/** A button that does something; disabled while that is under way. */
export function button(label, attributes, action) {
  const element = el("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", async () => {
    element.disabled = true;
    try {
      await action();
    } finally {
      element.disabled = false;
    }
  });
  return element;
}

/** Sets a text only where it changed, so that screen readers hear of changes alone. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A word with a colour for how good it is: "good", "warn", "bad" or "plain". */
export function setPill(element, text, mood) {
  setText(element, text);
  element.className = element.className.replace(/\s*\b(good|warn|bad|plain)\b/g, "") + " " + mood;
}
