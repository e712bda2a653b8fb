/** The app's addresses. Pages are lazy: each is downloaded when it is first opened (or pointed at). */
import { createRootRoute, createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { rightPlace } from "@/app/entries";
import { Shell } from "@/app/Shell";
import { type LoginSearch, parseLoginSearch } from "@/features/auth/search";
import { parseClientsSearch } from "@/features/clients/search";
import { parseHomeSearch } from "@/features/dashboard/search";
import { parseInboxSearch } from "@/features/inbox/search";
import { parseLettersSearch } from "@/features/mail/search";
import { parseJobsSearch, parseOutboxSearch, parseQuarantineSearch } from "@/features/operations/search";
import { parseQuotesSearch } from "@/features/quotes/search";
import { parseExchangeSearch, parseRatesSearch } from "@/features/rates/search";
import { parseSettingsSearch } from "@/features/settings/search";
import { session } from "@/shared/api/session";
import { nothingElse } from "@/shared/lib/address";

const root = createRootRoute();

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: nothingElse<LoginSearch>(parseLoginSearch),
  beforeLoad: ({ search }) => {
    if (session.state.status === "signed_in") throw redirect({ href: search.next ?? "/" });
  },
  component: lazyRouteComponent(() => import("@/features/auth/LoginPage"), "LoginPage"),
});

const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  component: lazyRouteComponent(() => import("@/features/auth/LinkPages"), "ForgotPage"),
});

const newPassword = createRoute({
  getParentRoute: () => root,
  path: "/new-password",
  component: lazyRouteComponent(() => import("@/features/auth/LinkPages"), "NewPasswordPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(() => import("@/features/auth/LinkPages"), "InvitationPage"),
});

const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  component: Shell,
  beforeLoad: ({ location }) => {
    if (session.state.status === "signed_in") {
      // The platform's operators and the people of agencies have pages of their own.
      const to = rightPlace(session.state.user, location.pathname);
      if (to) throw redirect({ to });
      return;
    }
    // Who left on purpose starts afresh; whose session ended comes back to where they were.
    const left = session.state.status === "signed_out" && session.state.reason === "left";
    const next = left || location.href === "/" ? undefined : location.href;
    throw redirect({ to: "/login", search: { next } });
  },
});

const home = createRoute({
  getParentRoute: () => app,
  path: "/",
  validateSearch: nothingElse(parseHomeSearch),
  component: lazyRouteComponent(() => import("@/features/dashboard/HomePage"), "HomePage"),
});

const inbox = createRoute({
  getParentRoute: () => app,
  path: "/inbox",
  validateSearch: nothingElse(parseInboxSearch),
  component: lazyRouteComponent(() => import("@/features/inbox/InboxPage"), "InboxPage"),
});

const enquiry = createRoute({
  getParentRoute: () => inbox,
  path: "$id",
  component: lazyRouteComponent(() => import("@/features/inbox/EnquiryPane"), "EnquiryPane"),
});

const quotes = createRoute({
  getParentRoute: () => app,
  path: "/quotes",
  validateSearch: nothingElse(parseQuotesSearch),
  component: lazyRouteComponent(() => import("@/features/quotes/QuotesPage"), "QuotesPage"),
});

const newQuote = createRoute({
  getParentRoute: () => quotes,
  path: "new",
  component: lazyRouteComponent(() => import("@/features/quotes/NewQuote"), "NewQuote"),
});

const quote = createRoute({
  getParentRoute: () => quotes,
  path: "$id",
  component: lazyRouteComponent(() => import("@/features/quotes/QuotePage"), "QuotePage"),
});

const clients = createRoute({
  getParentRoute: () => app,
  path: "/clients",
  validateSearch: nothingElse(parseClientsSearch),
  component: lazyRouteComponent(() => import("@/features/clients/ClientsPage"), "ClientsPage"),
});

const client = createRoute({
  getParentRoute: () => clients,
  path: "$id",
  component: lazyRouteComponent(() => import("@/features/clients/ClientPage"), "ClientPage"),
});

const letters = createRoute({
  getParentRoute: () => app,
  path: "/mail",
  validateSearch: nothingElse(parseLettersSearch),
  component: lazyRouteComponent(() => import("@/features/mail/LettersPage"), "LettersPage"),
});

const rates = createRoute({
  getParentRoute: () => app,
  path: "/rates",
  validateSearch: nothingElse(parseRatesSearch),
  component: lazyRouteComponent(() => import("@/features/rates/RatesPage"), "RatesPage"),
});

const exchange = createRoute({
  getParentRoute: () => app,
  path: "/rates/exchange",
  validateSearch: nothingElse(parseExchangeSearch),
  component: lazyRouteComponent(() => import("@/features/rates/ExchangePage"), "ExchangePage"),
});

const helpdesk = createRoute({
  getParentRoute: () => app,
  path: "/helpdesk",
  component: lazyRouteComponent(() => import("@/features/helpdesk/HelpdeskPage"), "HelpdeskPage"),
});

const settings = createRoute({
  getParentRoute: () => app,
  path: "/settings",
  validateSearch: nothingElse(parseSettingsSearch),
  component: lazyRouteComponent(() => import("@/features/settings/SettingsPage"), "SettingsPage"),
});

const service = createRoute({
  getParentRoute: () => app,
  path: "/operator",
  component: lazyRouteComponent(() => import("@/features/operations/ServicePage"), "ServicePage"),
});

const jobs = createRoute({
  getParentRoute: () => app,
  path: "/operator/jobs",
  validateSearch: nothingElse(parseJobsSearch),
  component: lazyRouteComponent(() => import("@/features/operations/JobsPage"), "JobsPage"),
});

const quarantine = createRoute({
  getParentRoute: () => app,
  path: "/operator/quarantine",
  validateSearch: nothingElse(parseQuarantineSearch),
  component: lazyRouteComponent(() => import("@/features/operations/QuarantinePage"), "QuarantinePage"),
});

const outbox = createRoute({
  getParentRoute: () => app,
  path: "/operator/outbox",
  validateSearch: nothingElse(parseOutboxSearch),
  component: lazyRouteComponent(() => import("@/features/operations/OutboxPage"), "OutboxPage"),
});

const operatorExchange = createRoute({
  getParentRoute: () => app,
  path: "/operator/exchange",
  validateSearch: nothingElse(parseExchangeSearch),
  component: lazyRouteComponent(() => import("@/features/rates/ExchangePage"), "ExchangePage"),
});

export const routeTree = root.addChildren([
  login,
  forgot,
  newPassword,
  invitation,
  app.addChildren([
    home,
    inbox.addChildren([enquiry]),
    quotes.addChildren([newQuote, quote]),
    clients.addChildren([client]),
    helpdesk,
    letters,
    rates,
    exchange,
    settings,
    service,
    jobs,
    quarantine,
    outbox,
    operatorExchange,
  ]),
]);
