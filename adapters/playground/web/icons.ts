/** Drawings of ours, all decorative: the words stand beside them or in the label. */
import { html, type TemplateResult } from "lit-html";

function icon(path: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;
}

export const sendIcon = icon("M4.5 12 20 4.5 15 20l-3.5-6.5zM11.5 13.5 20 4.5");
export const checkIcon = icon("m5 12.5 4.5 4.5L19 7.5");
export const plusIcon = icon("M12 5.5v13M5.5 12h13");
export const eyeIcon = icon(
  "M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zm7 0a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0",
);
export const warnIcon = icon("M12 4 21 19.5H3zM12 10v4.5M12 17v.2");
export const moonIcon = icon("M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z");
export const sunIcon = icon(
  "M8 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
);
export const moreIcon = icon("M6 12h.01M12 12h.01M18 12h.01");
export const logo = html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
  <path
    class="logo-bubble"
    d="M7 3h18a5 5 0 0 1 5 5v10a5 5 0 0 1-5 5h-9.5l-6.6 5.6A1.2 1.2 0 0 1 7 27.7V23a5 5 0 0 1-5-5V8a5 5 0 0 1 5-5Z"
  />
  <path class="logo-check" d="m9.5 13.5 4.5 4.3 8.5-9" />
</svg>`;
