import { useEffect, useRef, useState } from 'react';
import { Notice } from '../parts/notice.tsx';
import { words } from '../words.ts';

/** https://docs.hcaptcha.com/configuration: the parts of its script that are used here. */
interface Hcaptcha {
  render(
    element: HTMLElement,
    options: { sitekey: string; theme: 'light' | 'dark'; callback: (response: string) => void },
  ): string;
  remove(widget: string): void;
}

const source = 'https://js.hcaptcha.com/1/api.js?render=explicit&recaptchacompat=off&onload=windlassHcaptcha';

let loading: Promise<Hcaptcha> | null = null;

const load = (): Promise<Hcaptcha> =>
  (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Reflect.set(window, 'windlassHcaptcha', () => {
      // Set by the script before it calls.
      resolve(Reflect.get(window, 'hcaptcha') as Hcaptcha);
    });
    script.src = source;
    script.async = true;
    script.addEventListener('error', () => {
      loading = null;
      reject(new Error(words.gate.challengeFailed));
    });
    document.head.append(script);
  }));

interface HcaptchaProps {
  siteKey: string;
  onResponse: (response: string) => void;
}

/** The widget of hCaptcha; its script is loaded by pages whose lab has asked for it, and by no other. */
export const HcaptchaWidget = ({ siteKey, onResponse }: HcaptchaProps) => {
  const place = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let drawn: (() => void) | null = null;
    let wanted = true;
    const draw = async () => {
      const hcaptcha = await load();
      if (!wanted || place.current === null) return;
      const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
      const widget = hcaptcha.render(place.current, { sitekey: siteKey, theme, callback: onResponse });
      drawn = () => hcaptcha.remove(widget);
    };
    draw().catch(() => setFailed(true));
    return () => {
      wanted = false;
      drawn?.();
    };
  }, [siteKey, onResponse]);
  return failed ? (
    <Notice tone="missing" title={words.gate.challengeFailed} role="alert">
      <p>{words.gate.challengeNext}</p>
    </Notice>
  ) : (
    <div ref={place} className="hcaptcha" />
  );
};
