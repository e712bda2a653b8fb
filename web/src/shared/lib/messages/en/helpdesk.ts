export const helpdesk = {
  "nav.helpdesk": "Helpdesk",
  "helpdesk.title": "Helpdesk",
  "helpdesk.conversation": "Conversation",
  "helpdesk.question": "Your question",
  "helpdesk.placeholder": "Ask about deposits, visas, luggage",
  "helpdesk.ask": "Ask",
  "helpdesk.anew": "Start anew",
  "helpdesk.empty": "What do you need to know?",
  "helpdesk.empty.text":
    "Answers come from your agency’s own pages, each with the passage it rests on. What they do not say, the helpdesk does not know.",
  "helpdesk.openPassage": "Passage {n}",
  "helpdesk.passage": "Passage {n}",
  "helpdesk.near": "The pages speak of",
  "helpdesk.more": "See also",
} as const;
