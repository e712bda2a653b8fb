import { auth } from "./auth";
import { clients } from "./clients";
import { common } from "./everywhere";
import { exchange } from "./exchange";
import { helpdesk } from "./helpdesk";
import { home } from "./home";
import { inbox } from "./inbox";
import { mail } from "./mail";
import { operations } from "./operations";
import { quotes } from "./quotes";
import { rates } from "./rates";
import { settings } from "./settings";

/** English. Keys are `area.what`; plural forms end in `.one` and `.other`; `{name}` is filled in. */
export const en = {
  ...common,
  ...auth,
  ...home,
  ...inbox,
  ...quotes,
  ...clients,
  ...mail,
  ...rates,
  ...exchange,
  ...helpdesk,
  ...operations,
  ...settings,
} as const;
