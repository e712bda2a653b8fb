import { useQuery } from "@tanstack/react-query";
import { ImageOff } from "lucide-react";
import { useEffect, useState } from "react";
import { fetchBlob } from "@/shared/api/client";
import { cx } from "@/shared/ui/cx";

function useObjectUrl(blob: Blob | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

type PictureProps = { src: string | null | undefined; alt: string; className?: string };

/** A hotel's picture. Those of the API want the token, so they are fetched and shown as a blob. */
export function Picture({ src, alt, className }: PictureProps) {
  const guarded = src?.startsWith("/api/") ?? false;
  const { data, isError } = useQuery({
    queryKey: ["picture", src],
    queryFn: ({ signal }) => fetchBlob(src ?? "", signal),
    enabled: guarded,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const fetched = useObjectUrl(data);
  const [broken, setBroken] = useState(false);
  const shown = guarded ? fetched : src;
  if (!src || broken || isError) {
    return (
      <div
        className={cx("flex items-center justify-center bg-accent-soft text-accent-text", className)}
        role="img"
        aria-label={alt}
      >
        <ImageOff className="size-5 opacity-60" strokeWidth={1.5} aria-hidden />
      </div>
    );
  }
  if (!shown) return <div className={cx("skeleton rounded-none!", className)} aria-hidden />;
  return (
    <img src={shown} alt={alt} onError={() => setBroken(true)} className={cx("bg-sunken object-cover", className)} />
  );
}
