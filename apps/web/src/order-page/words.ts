import { formatBytes, formatExact, formatRelative, formatSeconds, plural } from '../lib/format.ts';

/** Media types as people call them; others are shown as they are. */
const typeNames: Readonly<Record<string, string>> = {
  'image/*': 'pictures',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/tiff': 'TIFF',
  'image/heic': 'HEIC',
  'image/heif': 'HEIF',
  'image/webp': 'WebP',
  'video/*': 'videos',
  'audio/*': 'sound files',
  'application/pdf': 'PDF',
  'application/zip': 'ZIP',
};
const typeList = (types: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'disjunction' }).format(types.map((type) => typeNames[type] ?? type));

const photos = (count: number): string => plural(count, 'file');

/** Every word of the public pages, so that they can be read, mended and translated in one place. */
export const words = {
  loading: 'Loading',
  retry: 'Try again',
  undo: 'Undo',
  close: 'Close',
  details: 'Details',
  dismiss: 'Dismiss',
  optional: 'optional',
  code: 'code',
  requestId: 'request id',
  noRequestId: 'none: no answer came',
  noPage: {
    title: 'There is no such page',
    detail: 'The address may be incomplete, or the lab has taken the page away.',
    next: 'Check the link, or ask the lab for a new one.',
  },
  phase: {
    openUntil: (at: string, now: number) => `Open until ${formatExact(at)} (${formatRelative(at, now)})`,
    late: (at: string | null) =>
      at === null
        ? 'The deadline has passed. Orders are still taken and marked as late.'
        : `The deadline was ${formatExact(at)}. Orders are still taken and marked as late.`,
    lateUntil: (at: string) => `Late orders are taken until ${formatExact(at)}.`,
    paused: { title: 'Orders are paused', detail: 'The lab takes no orders here at the moment.' },
    closed: (at: string | null) => ({
      title: 'This page is closed',
      detail:
        at === null ? 'It takes no more orders.' : `It has taken no more orders since ${formatExact(at)}.`,
    }),
    full: { title: 'This page is full', detail: 'It has taken as many orders as the lab can work on.' },
    askLab: 'Ask the lab whether there is another way.',
  },
  gate: {
    password: 'Password',
    pin: 'PIN',
    hint: 'The lab has told it to you.',
    begin: 'Begin the order',
    beginning: 'One moment',
    person: 'Show that you are a person',
    challengeFailed: 'The check could not be loaded.',
    challengeNext: 'Allow scripts of hcaptcha.com in this browser, then load the page again.',
  },
  order: {
    number: (number: string) => `Order ${number}`,
    resumed: (number: string) => `Order ${number} goes on where you left it.`,
    expired:
      'Your earlier order was not sent in time and was thrown away. This is a new one; what you had filled in is still here.',
    thrownAway: 'The order was thrown away in another tab. With the first files another one begins.',
    startOver: 'Start over',
    startOverAsk: 'Throw this order away? Files that have arrived are given up, and the form is emptied.',
    startOverYes: 'Throw it away',
    keep: 'Keep it',
  },
  you: {
    title: 'You',
    name: 'Name',
    email: 'E-mail',
    emailHelp: 'For the receipt, and when your order is ready.',
    emailHelpNoMail: 'So that you can be reached.',
    phone: 'Phone',
  },
  files: {
    title: 'Files',
    choose: 'Add photos',
    chooseAny: 'Add files',
    camera: 'Take a photo',
    folder: 'Add a folder',
    drop: 'or drop them anywhere on this page',
    dropNow: 'Drop to add',
    dropped: 'What was dropped',
    limits: (maxFiles: number, maxFileBytes: number, types: readonly string[] | null) =>
      [
        types === null ? '' : `${typeList(types).replace(/^./, (first) => first.toUpperCase())}.`,
        `Up to ${photos(maxFiles)}, ${formatBytes(maxFileBytes)} each.`,
      ]
        .join(' ')
        .trim(),
    list: 'Files of this order',
    more: (count: number) => `Show ${count} more`,
    count: photos,
    summary: (count: number, bytes: number) => `${photos(count)}, ${formatBytes(bytes)}`,
    select: 'Select',
    selectAll: 'All',
    selectNone: 'None',
    selectDone: 'Done',
    selected: (count: number) => `${count} selected`,
    remove: 'Remove',
    removeOne: (name: string) => `Remove ${name}`,
    removed: (count: number, name: string) =>
      count === 1 ? `${name} was removed.` : `${photos(count)} removed.`,
    changed: (count: number) => `Changed for ${photos(count)}.`,
    retryAll: (count: number) => `Try ${count === 1 ? 'it' : 'all'} again`,
    failed: (count: number) => (count === 1 ? '1 file did not arrive' : `${count} files did not arrive`),
    duplicates: (count: number) =>
      count === 1
        ? 'One file is there already and was not added again.'
        : `${count} files are there already and were not added again.`,
    addAnyway: (count: number) => (count === 1 ? 'Add it again' : 'Add them again'),
    refused: (count: number) => (count === 1 ? '1 file was not added' : `${count} files were not added`),
    needed: (count: number) => (count === 1 ? 'Choose one file again' : `Choose ${count} files again`),
    neededWhy:
      'This browser could not keep them through the reload. What has arrived of them is not sent again.',
    neededAnew: 'They went with the earlier order, and this browser has not kept them.',
    loadAgain: 'Load the page again: it begins another order with what you have filled in.',
    neededChoose: 'Choose them',
    noPreview: 'No preview',
    tellLab:
      'The lab has to mend this: tell them what it says here. Your files stay on this page until then.',
    duplicateOk: 'OK',
  },
  refused: {
    type: (types: readonly string[]) => `Only ${typeList(types)} are taken here.`,
    empty: 'The file is empty.',
    tooLarge: (size: number, limit: number) =>
      `It has ${formatBytes(size)}; a file may have ${formatBytes(limit)}.`,
    tooMany: (limit: number) => `An order may have ${photos(limit)}.`,
    tooMuch: (limit: number) => `All files of an order may have ${formatBytes(limit)} together.`,
  },
  fileState: {
    waiting: 'waiting',
    sending: (percent: number) => `${percent} %`,
    received: 'arrived',
    failed: 'did not arrive',
    needed: 'choose it again',
  },
  options: {
    all: (count: number) => (count === 0 ? 'For every file' : `For all ${photos(count)}`),
    selected: (count: number) => `For ${count} selected`,
    mixed: 'different',
    none: '—',
    choose: 'Choose',
    lacks: (label: string) => `${label} is missing`,
    toAll: 'Same for all files',
    previous: 'Previous',
    next: 'Next',
    less: (what: string) => `Less: ${what}`,
    more: (what: string) => `More: ${what}`,
  },
  field: {
    needed: 'This is needed.',
    atLeast: (value: number) => `At least ${value}.`,
    atMost: (value: number) => `At most ${value}.`,
    inSteps: (step: number, from: number) =>
      from === 0 ? `In steps of ${step}.` : `In steps of ${step}, from ${from}.`,
    aNumber: 'Takes a number.',
    aDate: 'Takes a date.',
    anEmail: 'This is not an e-mail address.',
    notBefore: (day: string) => `Not before ${day}.`,
    notAfter: (day: string) => `Not after ${day}.`,
    tooLong: (limit: number) => `At most ${limit} characters.`,
    chooseAgain: 'Choose again: this is no longer offered.',
  },
  more: { title: 'Your order' },
  consent: {
    title: 'Consent',
    retention: (days: number) => `Your files are deleted after ${plural(days, 'day')}.`,
  },
  send: {
    title: 'Send',
    button: 'Send order',
    whenDone: 'Send when all have arrived',
    waiting: 'It is sent as soon as all files have arrived.',
    stopWaiting: 'Do not send yet',
    sending: 'Sending',
    missingCount: (count: number) => (count === 1 ? '1 thing is missing' : `${count} things are missing`),
    progress: (done: number, count: number) => `${done} of ${photos(count)} arrived`,
    bytes: (sent: number, total: number) => `${formatBytes(sent)} of ${formatBytes(total)}`,
    rate: (bytesPerSecond: number) => `${formatBytes(bytesPerSecond)}/s`,
    left: (seconds: number) => {
      if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s left`;
      if (seconds < 3600) return `${Math.round(seconds / 60)} min left`;
      return `${formatSeconds(Math.round(seconds / 3600) * 3600)} left`;
    },
    allThere: 'All files have arrived',
    stopped: ({ needed, failed }: { needed: number; failed: number }) =>
      [
        needed > 0 ? `${photos(needed)} to be chosen again` : '',
        failed > 0 ? `${photos(failed)} did not arrive` : '',
      ]
        .filter((text) => text !== '')
        .join(' · '),
    nothingYet: 'Nothing to send yet',
  },
  missing: {
    name: 'Your name',
    email: 'Your e-mail address',
    emailWrong: 'An e-mail address that works',
    phone: 'Your phone number',
    files: 'At least one file',
    needed: (count: number) => `${photos(count)} to be chosen again`,
    failed: (count: number) => `${photos(count)} that did not arrive: try again or remove`,
    fileOption: (label: string, count: number) => `${label}, for ${photos(count)}`,
    consent: 'Your consent',
  },
  offline: 'You are offline. Everything goes on by itself when the network is back.',
  noStorage:
    'This browser keeps nothing for this page. Stay on it until the order is sent: a reload would begin anew.',
  announce: {
    added: (count: number) => `${photos(count)} added.`,
    quarter: (percent: number) => `${percent} percent have arrived.`,
    all: 'All files have arrived.',
    failed: (count: number) => `${photos(count)} did not arrive.`,
    started: (number: string) => `Your order has the number ${number}.`,
  },
  receipt: {
    title: 'Thank you. Your order has arrived.',
    late: 'It came after the deadline and is marked as late.',
    sentAt: (at: string) => `Sent ${formatExact(at)}`,
    mailed: (email: string) => `A receipt is on its way to ${email}.`,
    keep: 'Keep this link: it shows how your order stands.',
    copyLink: 'Copy link',
    copyNumber: 'Copy number',
    copyReceipt: 'Copy receipt',
    copied: 'Copied',
    copyFailed: 'Select the text and copy it yourself',
    print: 'Print',
    again: 'Order again',
    leftBehind: (count: number) =>
      `The order was sent in another tab, without ${photos(count)} of this one. Order again to send ${count === 1 ? 'it' : 'them'}.`,
    qr: 'QR code of the status link',
    files: (count: number, bytes: number) => `${photos(count)}, ${formatBytes(bytes)}`,
    hashes: 'Files with sizes and checksums',
    checksum: (algorithm: string) => (algorithm === 'sha256' ? 'SHA-256' : 'CRC-64/NVME'),
    noChecksum: 'no checksum',
    until: (at: string) => `Your files are kept until ${formatExact(at)}.`,
    customer: 'From',
  },
  status: {
    title: (number: string) => `Order ${number}`,
    steps: 'Steps',
    notYet: 'not yet',
    refreshed: (at: number) =>
      `As of ${new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(at)}. It refreshes by itself.`,
    stale: 'It could not be refreshed; this is how it was.',
    draft: 'This order has not been sent yet.',
    deleted: (at: string) => `The files were deleted ${formatExact(at)}.`,
    sent: (at: string) => `Sent ${formatExact(at)}`,
    late: 'late',
  },
} as const;
