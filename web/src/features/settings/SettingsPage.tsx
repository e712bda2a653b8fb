import { getRouteApi, Link } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { PageHeader } from "@/app/PageHeader";
import { useUser } from "@/features/auth/branding";
import { t } from "@/shared/lib/text";
import { cx } from "@/shared/ui/cx";
import { AuditSection } from "./AuditSection";
import { FormSection } from "./FormSection";
import { InvitationsSection } from "./InvitationsSection";
import { KeysSection } from "./KeysSection";
import { PeopleSection } from "./PeopleSection";
import { SecuritySection } from "./SecuritySection";
import { SessionsSection } from "./SessionsSection";
import { type Section, sectionsOf } from "./search";
import { WorkingSection } from "./WorkingSection";

const route = getRouteApi("/app/settings");

const CONTENT: Record<Section, ComponentType> = {
  people: PeopleSection,
  invitations: InvitationsSection,
  working: WorkingSection,
  form: FormSection,
  sessions: SessionsSection,
  security: SecuritySection,
  keys: KeysSection,
  audit: AuditSection,
};

/** What a person sets for themselves, and an administrator for their agency. */
export function SettingsPage() {
  const { section } = route.useSearch();
  const sections = sectionsOf(useUser()?.role ?? "");
  const shown = sections.find((one) => one === section) ?? sections[0] ?? "sessions";
  const Content = CONTENT[shown];
  return (
    <>
      <PageHeader title={t("settings.title")} />
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-6 px-4 py-6 md:flex-row md:gap-10 md:px-6">
        <nav
          aria-label={t("settings.sections")}
          className="scroll-quiet -mx-4 flex shrink-0 gap-1 overflow-x-auto px-4 md:mx-0 md:w-52 md:flex-col md:px-0"
        >
          {sections.map((one) => (
            <Link
              key={one}
              to="/settings"
              search={{ section: one }}
              aria-current={one === shown ? "page" : undefined}
              // On a phone the sections stand in a row that is wider than the screen.
              ref={one === shown ? (link) => link?.scrollIntoView({ block: "nearest", inline: "center" }) : undefined}
              className={cx(
                "rounded-sm px-3 py-1.5 whitespace-nowrap transition-colors pointer-coarse:py-2.5",
                one === shown ? "bg-accent-soft font-medium text-accent-text" : "text-muted hover:bg-hover",
              )}
            >
              {t(`section.${one}`)}
            </Link>
          ))}
        </nav>
        <div className="min-w-0 flex-1">
          <Content />
        </div>
      </div>
    </>
  );
}
