import { t } from "@/shared/lib/text";

const DUNES = [
  { d: "M0 520 C180 470 320 540 520 500 S860 430 1000 478 V900 H0Z", share: 20 },
  { d: "M0 596 C160 640 300 540 470 570 S800 660 1000 572 V900 H0Z", share: 36 },
  { d: "M0 690 C220 620 380 720 560 690 S840 640 1000 700 V900 H0Z", share: 58 },
  { d: "M0 786 C240 730 420 810 640 780 S900 760 1000 800 V900 H0Z", share: 82 },
] as const;

/** A far horizon in the agency's own colour: drawn, so that it costs nothing and suits every accent. */
export function Horizon() {
  return (
    <div className="relative hidden overflow-hidden bg-accent-soft lg:block" aria-hidden="true">
      <svg
        viewBox="0 0 1000 900"
        preserveAspectRatio="xMidYMax slice"
        className="absolute inset-0 size-full"
        role="presentation"
      >
        <circle cx="690" cy="400" r="86" fill="color-mix(in oklab, var(--accent) 26%, var(--surface))" />
        {DUNES.map(({ d, share }) => (
          <path key={d} d={d} fill={`color-mix(in oklab, var(--accent) ${share}%, var(--accent-soft))`} />
        ))}
        <path
          d="M120 640 C300 600 360 520 520 516 S690 420 690 400"
          fill="none"
          stroke="var(--surface)"
          strokeOpacity="0.75"
          strokeWidth="2"
          strokeDasharray="2 9"
          strokeLinecap="round"
        />
        <circle cx="120" cy="640" r="5" fill="var(--surface)" />
      </svg>
      <p className="absolute top-[14%] left-[10%] max-w-100 text-2xl leading-tight font-semibold tracking-tight text-balance text-accent-text">
        {t("login.tagline")}
      </p>
    </div>
  );
}
