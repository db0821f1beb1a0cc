// The line to the station itself: a banner while it is lost; what was typed stays where it is.
import { whenNoticed } from "./screen.js";
import { play } from "./sounds.js";

const banner = document.getElementById("line-lost");

document.addEventListener("htmx:error", () => (banner.hidden = false));
document.addEventListener("htmx:after:request", () => (banner.hidden = true));

whenNoticed((notice) => {
  notice.focus({ preventScroll: true });
  notice.scrollIntoView({ block: "nearest" });
  play("wrong");
});
