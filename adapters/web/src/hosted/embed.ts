/** For pages that frame the hosted page: makes the frame, answers for tokens, follows its height. */
interface Options {
  fetchToken(reason: string): Promise<string | { token: string; expiresAt?: string }>;
  title?: string;
  onMessage?(message: { type: string }): void;
  [parameter: string]: unknown;
}

const base = (document.currentScript as HTMLScriptElement).src;

Object.assign(window, {
  usagePortal: {
    mount(target: string | Element, { fetchToken, title = 'Usage', onMessage, ...parameters }: Options) {
      const url = new URL('embed', base);
      for (const name in parameters) url.searchParams.set(name, String(parameters[name]));
      url.searchParams.set('origin', location.origin);
      const frame = document.createElement('iframe');
      frame.src = url.href;
      frame.title = title;
      frame.style.cssText = 'display:block;width:100%;height:600px;border:0;color-scheme:normal';
      const listen = async ({ source, origin, data }: MessageEvent): Promise<void> => {
        if (source !== frame.contentWindow || origin !== url.origin) return;
        if (data.type === 'usage-portal:resize') frame.style.height = `${data.height}px`;
        if (data.type === 'usage-portal:token-request') {
          const answer = await fetchToken(data.reason).catch(() => ({}));
          frame.contentWindow?.postMessage({ type: 'usage-portal:token', ...(typeof answer === 'string' ? { token: answer } : answer) }, url.origin);
        }
        onMessage?.(data);
      };
      addEventListener('message', listen);
      (typeof target === 'string' ? document.querySelector(target)! : target).append(frame);
      return {
        frame,
        destroy() {
          removeEventListener('message', listen);
          frame.remove();
        },
      };
    },
  },
});
