import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { t } from "@/shared/lib/text";
import { buttonClass } from "@/shared/ui/Button";
import { Failure, Loading, Notice, Skeleton } from "@/shared/ui/States";

/** While a page's code is on its way. */
export function PagePending() {
  return (
    <Loading>
      <div className="mx-auto w-full max-w-[1280px] space-y-6 p-6">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-64 w-full" />
      </div>
    </Loading>
  );
}

/** A page whose own code failed, for example after a new release while this one was open. */
export function PageFailure({ error }: ErrorComponentProps) {
  return <Failure error={error} onRetry={() => window.location.reload()} />;
}

export function NoPage() {
  return (
    <main>
      <Notice icon={Compass} title={t("state.noPage")} text={t("state.noPage.text")} page>
        <Link to="/" className={buttonClass("secondary")}>
          {t("state.goHome")}
        </Link>
      </Notice>
    </main>
  );
}
