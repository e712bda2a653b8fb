import { type ReactNode, useEffect } from "react";
import { t } from "@/shared/lib/text";
import { useBranding } from "./branding";
import { Horizon } from "./Horizon";
import { Brand } from "./Logo";

/** The frame of every page before somebody is signed in: the agency's face, and one thing to do. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const branding = useBranding();
  useEffect(() => {
    document.title = `${title} · ${branding.name}`;
  }, [title, branding.name]);
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(420px,5fr)_7fr]">
      <main className="flex flex-col px-6 py-8 sm:px-12">
        <div className="flex items-center gap-2.5">
          <Brand branding={branding} />
        </div>
        <div className="mx-auto my-auto w-full max-w-90 py-12">{children}</div>
        {branding.tenant_id !== null && <p className="text-sm text-faint">{t("login.poweredBy")}</p>}
      </main>
      <Horizon />
    </div>
  );
}
