import { getRouteApi, Link, useRouter, useRouterState } from "@tanstack/react-router";
import { ArrowLeft, X } from "lucide-react";
import { t } from "@/shared/lib/text";
import { IconButton } from "@/shared/ui/Button";
import { Sheet } from "@/shared/ui/Dialog";
import { ClientView } from "./ClientView";

const route = getRouteApi("/app/clients/$id");

/** A client by its own address: a sheet when it was opened from the board or list, else a page. */
export function ClientPage() {
  const { id } = route.useParams();
  const router = useRouter();
  const sheet = useRouterState({ select: (state) => state.location.state.sheet === true });
  if (sheet) {
    const close = () => router.history.back();
    return (
      <Sheet open onClose={close} title={t("client.details")} className="md:max-w-[960px]">
        <ClientView
          id={id}
          leading={
            <IconButton label={t("action.close")} onClick={close} className="-ml-2">
              <X aria-hidden />
            </IconButton>
          }
        />
      </Sheet>
    );
  }
  return (
    <ClientView
      id={id}
      leading={
        <Link
          to="/clients"
          search={(known) => known as object}
          aria-label={t("clients.title")}
          className="-ml-2 rounded-sm p-2 text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft className="size-4" aria-hidden />
        </Link>
      }
    />
  );
}
