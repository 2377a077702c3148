/** What must hold of a page that shows hostile text. It runs in the page, so it must stand alone. */

export function faultsOnPage(): string[] {
  const faults = new Set<string>();
  const KINDS =
    "main div span p a button h1 h2 h3 h4 header footer section article aside nav ol ul li dl dt dd table caption thead tbody tr th td pre code kbd blockquote strong em s hr br bdi time form label input search select option fieldset legend canvas figure figcaption img details summary del ins mark svg path circle ellipse g line small output dialog noscript";
  const allowed = new Set(KINDS.split(" "));
  const EXECUTING = /^(on|srcdoc|srcset|formaction|action|ping|poster|background|data$|xlink:)/i;
  const UNSEEN =
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these it looks for
    /[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;
  // A joiner within an emoji is how that is written.
  const EMOJI =
    /\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*(\u200d\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]*)*/gu;
  const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
  const CONTRAST_MIN = 3;

  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colours = new Map<string, number[]>();
  const told = (text: string) => JSON.stringify(text.slice(0, 80));

  if ("__pwned" in window) {
    faults.add("a script ran");
  }
  checkText(document.title, "the title of the page");
  for (const element of document.querySelectorAll("body *")) {
    checkElement(element);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue ?? "";
    const parent = walker.currentNode.parentElement;
    checkText(text, `the text of ${parent?.localName}.${parent?.className}`);
    if (parent && RIGHT_TO_LEFT.test(text) && !isIsolated(parent)) {
      faults.add(`text from the right that is not isolated: ${told(text)}`);
    }
    if (parent?.closest("article") && text.trim() !== "") {
      checkSeen(parent, text);
    }
  }
  return [...faults];

  function checkElement(element: Element) {
    if (!allowed.has(element.localName)) {
      faults.add(`an element ${element.localName}`);
    }
    if (element.localName === "svg" && element.closest("article")) {
      faults.add("a drawing within the transcript");
    }
    for (const { name, value } of element.attributes) {
      if (EXECUTING.test(name)) {
        faults.add(`an attribute ${name}="${value.slice(0, 40)}" of ${element.localName}`);
      }
      if (name === "class" && !/^[\w\s-]*$/.test(value)) {
        faults.add(`a class ${told(value)}`);
      }
      if (name === "style" && !/^[\w\s.:;,%()#-]*$/.test(value)) {
        faults.add(`a style ${told(value)}`);
      }
      if (name === "src" && !/^(data:image\/(png|jpeg|gif|webp);|blob:)/.test(value)) {
        faults.add(`a source ${told(value)}`);
      }
      if (!["class", "style", "href", "src"].includes(name)) {
        checkText(value, `the attribute ${name} of ${element.localName}`);
      }
    }
    if (element instanceof HTMLAnchorElement) {
      checkLink(element);
    }
  }

  function checkText(text: string, where: string) {
    const found = UNSEEN.exec(text.replace(EMOJI, ""));
    if (found) {
      const code = found[0].codePointAt(0)?.toString(16);
      faults.add(`U+${code} can hide in ${where}: ${told(text)}`);
    }
  }

  function checkLink(link: HTMLAnchorElement) {
    const url = new URL(link.href);
    if (url.origin === location.origin) {
      if (
        !/^\/(w\/|account$|$)/.test(url.pathname) &&
        !/^\/api\/v1\/workspaces\/.*\/download$/.test(url.pathname)
      ) {
        if (url.hash !== "#content") {
          faults.add(`a link within the site to ${told(url.pathname)}`);
        }
      }
      return;
    }
    const around = (link.textContent ?? "") + (link.nextSibling?.textContent ?? "");
    const target = url.href.slice(0, 120);
    if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
      faults.add(`a link to ${told(link.href)}`);
    } else if (!link.relList.contains("noopener") || !link.relList.contains("nofollow")) {
      faults.add(`a link without noopener and nofollow to ${told(link.href)}`);
    } else if (!around.includes(target)) {
      faults.add(`a link to ${told(link.href)} that shows ${told(around)}`);
    }
  }

  function isIsolated(from: Element): boolean {
    for (let at: Element | null = from; at; at = at.parentElement) {
      const { unicodeBidi, display } = getComputedStyle(at);
      if (/isolate|plaintext/.test(unicodeBidi) || display.includes("block") || display.includes("flex")) {
        return true;
      }
      if (at.localName === "option") {
        return true;
      }
    }
    return false;
  }

  /** Whoever reads the transcript sees its text: none of it is made small, clear, or of its background's colour. */
  function checkSeen(element: Element, text: string) {
    if (element.closest(".visually-hidden")) {
      return;
    }
    const style = getComputedStyle(element);
    if (
      style.visibility !== "visible" ||
      Number(style.opacity) < 0.5 ||
      Number.parseFloat(style.fontSize) < 9 ||
      Math.abs(Number.parseFloat(style.textIndent)) > 100
    ) {
      faults.add(
        `text that is not seen (${style.visibility}, ${style.opacity}, ${style.fontSize}): ${told(text)}`,
      );
    }
    const contrast = contrastOf(colourOf(style.color), backgroundOf(element));
    if (contrast < CONTRAST_MIN) {
      faults.add(`text of contrast ${contrast.toFixed(1)}: ${told(text)}`);
    }
  }

  function backgroundOf(from: Element): number[] {
    for (let at: Element | null = from; at; at = at.parentElement) {
      const colour = colourOf(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 0) > 128) {
        return colour;
      }
    }
    return [255, 255, 255, 255];
  }

  function colourOf(name: string): number[] {
    let colour = colours.get(name);
    if (!colour && paint) {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = name;
      paint.fillRect(0, 0, 1, 1);
      colour = [...paint.getImageData(0, 0, 1, 1).data];
      colours.set(name, colour);
    }
    return colour ?? [];
  }

  function contrastOf(one: number[], other: number[]): number {
    const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminanceOf([red = 0, green = 0, blue = 0]: number[]): number {
    const linear = (part: number) => (part <= 10 ? part / 3295 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }
}
