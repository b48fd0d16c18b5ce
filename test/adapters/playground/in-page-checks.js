/**
 * What can be checked on a drawn page without looking at it: names of controls, alternative texts,
 * contrast, nothing cut off. Plain JavaScript, because it runs in the page: evaluating this file
 * gives a list of what is wrong, in words.
 */
(() => {
  const visible = (selector) =>
    [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const words = (element) =>
    `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.trim().slice(0, 40)}`;

  /** The accessible name, as far as this page uses the rules for it. */
  function nameOf(element) {
    const by = element.getAttribute("aria-labelledby");
    const speaks = "button, a, summary, [role=option], [role=status], [role=alert]";
    const sources = [
      by && document.getElementById(by)?.textContent,
      element.getAttribute("aria-label"),
      element.labels?.[0]?.textContent,
      element.querySelector(":scope > legend")?.textContent,
      element.matches(speaks) && element.textContent,
    ];
    return sources.filter(Boolean).join(" ").trim();
  }

  function unnamed() {
    const controls =
      "button, a, input, select, textarea, summary, dialog, [role], nav, main section, fieldset";
    // Silent until there is something to say, or a group whose buttons say all.
    const quiet = "[role=status], #announcer, .choices, .content > .actions";
    const nameless = visible(controls)
      .filter((element) => !element.matches(quiet) && nameOf(element) === "")
      .map((element) => `no name: ${words(element)}`);
    const pictures = visible("img")
      .filter((picture) => !picture.alt || picture.naturalWidth === 0)
      .map((picture) => `a picture without words or without content: ${picture.src}`);
    return [...nameless, ...pictures];
  }

  function structure() {
    const landmarks = ["h1", "main", "nav", "header.page-header"];
    const wrong = landmarks.filter((each) => document.querySelectorAll(each).length !== 1);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    if (new Set(ids).size !== ids.length) wrong.push(`an id twice: ${ids.join(" ")}`);
    if (!document.title || !document.documentElement.lang) wrong.push("no title or language");
    return wrong.map((each) => `structure: ${each}`);
  }

  function scrollsSideways() {
    return [document.documentElement, ...document.querySelectorAll(".log, .pane, dialog")]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `scrolls sideways: ${words(element)}`);
  }

  function cutOff() {
    const controls = visible("button, textarea, input, select, summary");
    return controls.filter((control) => !control.closest("label")).flatMap(problemsOfBox);
  }

  /** WCAG 2.2 asks for 24 by 24 pixels to hit. */
  function problemsOfBox(control) {
    const box = control.getBoundingClientRect();
    const frame = control.closest(".pane, dialog") ?? document.documentElement;
    const { left, right } = frame.getBoundingClientRect();
    const wrong = [];
    if (box.left < left - 1 || box.right > right + 1) wrong.push("outside its pane");
    if (control.scrollWidth > control.clientWidth + 1) wrong.push("text wider than its control");
    if (box.width < 24 || box.height < 24) wrong.push(`only ${box.width} by ${box.height} pixels`);
    return wrong.map((each) => `${each}: ${words(control)}`);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /** What is seen of a colour, in whatever notation, on a ground. */
  function mixed(color, ground) {
    canvas.clearRect(0, 0, 1, 1);
    for (const fill of [`rgb(${ground.join(" ")})`, color]) {
      canvas.fillStyle = fill;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }

  function groundOf(element) {
    if (!element) return [255, 255, 255];
    return mixed(getComputedStyle(element).backgroundColor, groundOf(element.parentElement));
  }

  /** Contrast as WCAG 2 defines it. */
  function contrast(color, ground) {
    const light = (rgb) => {
      const [red, green, blue] = rgb.map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [high, low] = [light(mixed(color, ground)), light(ground)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }

  function faint() {
    const texts = visible("body *")
      .filter((element) => !element.closest(".unseen, [aria-disabled], option"))
      .filter((element) =>
        [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()),
      )
      .map((element) => [
        contrast(getComputedStyle(element).color, groundOf(element)),
        4.5,
        element,
      ]);
    const edges = visible(".scores button, .choices button, .writing :is(textarea, input)").map(
      (element) => {
        const { borderTopColor } = getComputedStyle(element);
        return [contrast(borderTopColor, groundOf(element.parentElement)), 3, element];
      },
    );
    return [...texts, ...edges]
      .filter(([ratio, least]) => ratio < least)
      .map(([ratio, , element]) => `contrast of only ${ratio.toFixed(2)}: ${words(element)}`);
  }

  return [unnamed, structure, scrollsSideways, cutOff, faint].flatMap((check) => check());
})();
